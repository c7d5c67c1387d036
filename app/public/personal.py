from flask import Blueprint

bp = Blueprint("personal", __name__)
