import pytest

from app.webinars.platforms import Platform, of_address


@pytest.mark.parametrize(
    ("address", "platform"),
    [
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0", Platform.TEAMS),
        ("https://teams.live.com/meet/9312", Platform.TEAMS),
        ("https://uudenmaanliitto.zoom.us/j/123?pwd=x", Platform.ZOOM),
        ("https://bbb.kunta.example/rooms/abc/join", Platform.BIGBLUEBUTTON),
        ("https://kokous.example/bigbluebutton/api/join?x=1", Platform.BIGBLUEBUTTON),
        ("https://meet.jit.si/Syysseminaari", Platform.JITSI),
        ("https://jitsi.kunta.example/Syysseminaari", Platform.JITSI),
        ("https://teams.microsoft.com.evil.example/l/meetup-join/", Platform.OTHER),
        ("https://notzoom.us/j/123", Platform.OTHER),
        ("https://kokous.example/abc", Platform.OTHER),
        (None, Platform.OTHER),
    ],
)
def test_the_platform_is_told_by_the_host(address: str | None, platform: Platform) -> None:
    assert of_address(address) is platform
