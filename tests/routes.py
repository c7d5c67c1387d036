"""Who may open each address. A new one fails a test until someone has decided, here."""

from enum import Enum, auto


class Who(Enum):
    ANYONE = auto()
    LINK = auto()  # who holds the secret in the address
    SIGNED_IN = auto()  # viewers too
    TUTOR = auto()  # and those below
    ORGANISER = auto()
    ADMINISTRATOR = auto()
    DEVELOPMENT = auto()  # anyone, and only in development


ROUTES = {
    "/": Who.ANYONE,
    "/static/build/<path:name>": Who.ANYONE,
    "/<lang:language>/sign-in": Who.ANYONE,
    "/<lang:language>/sign-in/code": Who.ANYONE,
    "/sign-in/<token>": Who.LINK,
    "/sign-out": Who.ANYONE,
    "/<lang:language>/accessibility": Who.ANYONE,
    "/<lang:language>/accessibility-feedback": Who.ANYONE,
    "/<lang:language>/accessibility-feedback/sent": Who.ANYONE,
    "/<lang:language>/privacy": Who.ANYONE,
    "/<lang:language>/contact": Who.ANYONE,
    "/healthz": Who.ANYONE,
    "/readyz": Who.ANYONE,
    "/robots.txt": Who.ANYONE,
    "/sitemap.xml": Who.ANYONE,
}
