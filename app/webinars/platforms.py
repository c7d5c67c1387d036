"""Which meeting platform an address belongs to, so that people can be helped before the meeting opens."""

from enum import StrEnum
from urllib.parse import urlsplit


class Platform(StrEnum):
    TEAMS = "teams"
    ZOOM = "zoom"
    BIGBLUEBUTTON = "bigbluebutton"
    JITSI = "jitsi"
    OTHER = "other"


_DOMAINS = {
    "teams.microsoft.com": Platform.TEAMS,
    "teams.live.com": Platform.TEAMS,
    "teams.cloud.microsoft": Platform.TEAMS,
    "zoom.us": Platform.ZOOM,
    "zoom.com": Platform.ZOOM,
    "meet.jit.si": Platform.JITSI,
    "8x8.vc": Platform.JITSI,
}


def of_address(meeting_url: str | None) -> Platform:
    """By the host, or the path where organisations run the platform on a host of their own; OTHER when unsure."""
    parts = urlsplit(meeting_url or "")
    host = parts.hostname or ""
    for domain, platform in _DOMAINS.items():
        if host == domain or host.endswith(f".{domain}"):
            return platform
    labels = host.split(".")
    if "bigbluebutton" in host or "bbb" in labels or parts.path.startswith("/bigbluebutton/"):
        return Platform.BIGBLUEBUTTON
    return Platform.JITSI if "jitsi" in labels else Platform.OTHER
