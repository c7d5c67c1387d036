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
    "/staff/events/": Who.SIGNED_IN,
    "/staff/events/new": Who.ORGANISER,
    "/staff/events/<int:event_id>": Who.ORGANISER,
    "/staff/events/<int:event_id>/edit": Who.ORGANISER,
    "/staff/events/<int:event_id>/programme": Who.ORGANISER,
    "/staff/events/<int:event_id>/programme/days/<int:day_id>/new": Who.ORGANISER,
    "/staff/events/<int:event_id>/programme/<int:item_id>": Who.ORGANISER,
    "/staff/events/<int:event_id>/programme/<int:item_id>/remove": Who.ORGANISER,
    "/staff/events/<int:event_id>/publish": Who.ORGANISER,
    "/staff/events/<int:event_id>/unpublish": Who.ORGANISER,
    "/staff/events/<int:event_id>/archive": Who.ORGANISER,
    "/staff/events/<int:event_id>/call-off": Who.ORGANISER,
    "/staff/events/<int:event_id>/copy": Who.ORGANISER,
    "/<lang:language>/": Who.ANYONE,
    "/<lang:language>/events/": Who.ANYONE,
    "/<lang:language>/events/<slug>": Who.ANYONE,
    "/<lang:language>/events/<slug>/register": Who.ANYONE,
    "/events/<slug>.ics": Who.ANYONE,
    "/api/v1/municipality-of": Who.ANYONE,
    "/<lang:language>/events/<slug>/registered/<nonce>": Who.LINK,
    "/<lang:language>/events/<slug>/registered/<nonce>/municipality": Who.LINK,
    "/r/<token>": Who.LINK,
    "/r/<token>/details": Who.LINK,
    "/r/<token>/mode/<mode>": Who.LINK,
    "/r/<token>/withdraw": Who.LINK,
    "/r/<token>/calendar.ics": Who.LINK,
    "/j/<token>": Who.LINK,
    "/staff/": Who.SIGNED_IN,
    "/staff/events/<int:event_id>/registrations": Who.TUTOR,
    "/staff/events/<int:event_id>/registrations/search": Who.TUTOR,
    "/staff/events/<int:event_id>/municipalities": Who.TUTOR,
    "/staff/events/<int:event_id>/municipalities.xlsx": Who.TUTOR,
    "/staff/events/<int:event_id>/municipalities.csv": Who.TUTOR,
    "/staff/registrations/<int:registration_id>": Who.TUTOR,
    "/staff/registrations/<int:registration_id>/correct": Who.TUTOR,
    "/staff/registrations/<int:registration_id>/check": Who.TUTOR,
    "/staff/events/<int:event_id>/registrations/new": Who.ORGANISER,
    "/staff/registrations/<int:registration_id>/withdraw": Who.ORGANISER,
    "/staff/registrations/<int:registration_id>/promote": Who.ORGANISER,
    "/staff/registrations/<int:registration_id>/messages/<int:message_id>/again": Who.ORGANISER,
    "/dev/mail/": Who.DEVELOPMENT,
    "/dev/mail.json": Who.DEVELOPMENT,
    "/dev/mail/<id_>": Who.DEVELOPMENT,
    "/dev/mail/<id_>/html": Who.DEVELOPMENT,
    "/dev/mail/<id_>.eml": Who.DEVELOPMENT,
}
