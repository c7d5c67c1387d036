"""A page's form, filled in only as a browser would let a person do it."""

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from tests.html_checks import text_of

BUTTONS = {"submit", "image"}


@dataclass
class Form:
    element: Element
    pressed: Element | None
    values: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for control in self._controls():
            value = _initial_value(control)
            if value is not None:
                self.values.setdefault(_name(control), []).extend(value)

    @property
    def action(self) -> str:
        return (self.pressed is not None and self.pressed.get("formaction")) or self.element.get("action") or ""

    @property
    def method(self) -> str:
        return (self.element.get("method") or "get").lower()

    @property
    def encoding(self) -> str:
        return self.element.get("enctype") or "application/x-www-form-urlencoded"

    def fill(self, fields: dict[str, Any]) -> None:
        for name, value in fields.items():
            controls = [control for control in self._controls() if _name(control) == name]
            assert controls, f"the form has no field {name!r}; it has {sorted(map(_name, self._controls()))}"
            if controls[0].get("type") == "file":
                self.files[name] = value
            else:
                self.values[name] = _chosen(controls, value)

    def data(self) -> dict[str, Any]:
        pressed = {}
        if self.pressed is not None and self.pressed.get("name"):
            pressed[_name(self.pressed)] = self.pressed.get("value") or ""
        return self.values | self.files | pressed

    def _controls(self) -> list[Element]:
        return [control for control in self.element.iter()
                if control.tag in {"input", "select", "textarea"} and control.get("name")
                and control.get("type") not in BUTTONS and control.get("disabled") is None]  # fmt: skip


def find(page: Element, button: str | None) -> Form:
    """The form with the button that reads `button`; without one, the only form of the page's main part."""
    main = page.find(".//main")
    inside = list((page if main is None else main).iter("form"))
    if button is None:
        found = [form for form in inside if (form.get("method") or "").lower() == "post"] or inside
        assert len(found) == 1, f"the page has {len(found)} forms: name the button"
        buttons = _buttons(found[0])
        return Form(found[0], buttons[0] if buttons else None)
    pairs = [(form, one) for form in page.iter("form") for one in _buttons(form) if _reads(one, button)]
    assert len(pairs) == 1, f"{len(pairs)} buttons read {button!r}"
    return Form(*pairs[0])


def _buttons(form: Element) -> list[Element]:
    return [one for one in form.iter() if one.tag in {"button", "input"} and one.get("type") in BUTTONS]


def _reads(button: Element, text: str) -> bool:
    return text in (text_of(button), button.get("value"), button.get("aria-label"))


def _name(control: Element) -> str:
    return control.get("name") or ""


def _initial_value(control: Element) -> list[str] | None:
    match control.tag, control.get("type"):
        case "input", "checkbox" | "radio":
            return [control.get("value") or "on"] if control.get("checked") is not None else None
        case "input", "file":
            return None
        case "textarea", _:
            return ["".join(control.itertext())]
        case "select", _:
            options = list(control.iter("option"))
            selected = [option for option in options if option.get("selected") is not None]
            if not selected and control.get("multiple") is None:
                selected = options[:1]
            return [_option_value(option) for option in selected]
    return [control.get("value") or ""]


def _option_value(option: Element) -> str:
    value = option.get("value")
    return text_of(option) if value is None else value


def _chosen(controls: list[Element], value: Any) -> list[str]:
    kind = controls[0].get("type")
    if controls[0].tag == "select":
        offered = [_option_value(option) for option in controls[0].iter("option")]
    elif kind in {"radio", "checkbox"}:
        offered = [control.get("value") or "on" for control in controls]
    else:
        return [str(value)]
    if isinstance(value, bool):
        assert len(offered) == 1, f"{_name(controls[0])!r} is a list of choices"
        return offered if value else []
    chosen = [str(one) for one in (value if isinstance(value, list) else [value])]
    unknown = set(chosen) - set(offered)
    assert not unknown, f"{_name(controls[0])!r} does not offer {sorted(unknown)}; it offers {offered}"
    return chosen
