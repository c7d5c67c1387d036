"""What one needs for an online meeting, said before it opens: by platform, in few words."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.webinars.platforms import Platform


@dataclass(frozen=True)
class Help:
    """`platform` is its name, "" when it is not known; `steps` are (what it is about, what to do)."""

    platform: str
    steps: list[tuple[str, str]]


NAMES = {
    Platform.TEAMS: "Microsoft Teams",
    Platform.ZOOM: "Zoom",
    Platform.BIGBLUEBUTTON: "BigBlueButton",
    Platform.JITSI: "Jitsi Meet",
    Platform.OTHER: "",
}


def for_platform(platform: Platform) -> Help:
    steps = [
        (_("What you need"), _needed(platform)),
        (_("Test beforehand"), _test(platform)),
        (_("Sound"), _sound(platform)),
        (_("If it does not open"), _not_opening(platform)),
    ]
    return Help(NAMES[platform], steps)


def _needed(platform: Platform) -> str:
    match platform:
        case Platform.TEAMS:
            return _(
                "On a computer the browser is enough, Edge or Chrome best: choose “Continue on this browser”. On a"
                " phone or a tablet you need the free Teams app. You do not need an account: write your name and join."
            )
        case Platform.ZOOM:
            return _(
                "The Zoom app works best. Without it, wait until the page offers “Join from your browser”. You do not"
                " need an account."
            )
        case Platform.BIGBLUEBUTTON:
            return _("A browser is enough, on a phone too: Firefox, Chrome, Edge or Safari. Nothing is installed.")
        case Platform.JITSI:
            return _(
                "On a computer the browser is enough, Chrome, Edge or Firefox. On a phone you can use the browser or"
                " the free Jitsi Meet app. You do not need an account."
            )
        case _:
            return _("An up-to-date browser, and a steady connection. Have headphones at hand.")


def _test(platform: Platform) -> str:
    match platform:
        case Platform.TEAMS:
            return _(
                "If you have Teams, make a test call: Settings, Devices, Make a test call. In the browser you can"
                " choose camera and microphone before you join."
            )
        case Platform.ZOOM:
            return _("Open zoom.us/test: it is a meeting of your own, where you hear whether sound and picture work.")
        case Platform.BIGBLUEBUTTON:
            return _("When you choose the microphone, the meeting lets you hear yourself first (echo test).")
        case Platform.JITSI:
            return _("Before you join you see your own picture, and you can choose microphone and loudspeaker.")
        case _:
            return _("Play any video in the browser: when you hear it, you will hear the meeting too.")


def _sound(platform: Platform) -> str:
    match platform:
        case Platform.BIGBLUEBUTTON:
            return _("Choose “Listen only” if you do not mean to speak. Else allow the browser to use the microphone.")
        case Platform.ZOOM:
            return _("When Zoom asks, choose “Join audio”: without it you hear nothing. Allow the microphone to speak.")
        case _:
            return _(
                "Allow the microphone when the browser asks, and keep it muted while others speak. If you hear nothing,"
                " check which loudspeaker or headset is chosen."
            )


def _not_opening(platform: Platform) -> str:
    match platform:
        case Platform.TEAMS | Platform.ZOOM:
            return _(
                "Load this page again and press the button once more, or try another browser or your phone. Some"
                " workplaces block the app: then join in the browser. In the waiting room you are let in soon."
            )
        case _:
            return _("Load this page again and press the button once more, or try another browser or your phone.")
