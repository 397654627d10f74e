"""Draw the icon sprite again: `manage.py drawicons icons/outline`, that folder coming with @tabler/icons."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

SPRITE = Path(__file__).resolve().parents[2] / "static" / "cordee" / "icons.svg"
NAMES = """
address-book alert-circle alert-triangle archive arrow-back-up arrow-left arrow-right arrows-exchange award ban
bell book briefcase building building-community building-factory bulb calculator calendar calendar-event
calendar-plus camera certificate chart-bar chart-line check checks chevron-down chevron-left chevron-right
chevron-up circle-check clock cloud-off coin-euro coins columns copy dots download edit equal external-link eye
eye-off file file-certificate file-description file-invoice file-plus file-text filter flag folder gavel hammer
hand-stop heart-handshake help-circle history home hourglass id inbox info-circle key language layout-kanban
layout-list leaf link list list-check lock lock-open login logout mail map-pin message message-plus messages
microphone minus moon network notes package paperclip pencil percentage phone plug plus point printer qrcode
receipt refresh report route scale school search send settings share shield shield-check shield-lock signature
star sun target thumb-down thumb-up tools trash trending-down trending-up truck unlink upload user user-check
user-circle user-minus user-plus user-x users users-group users-plus wallet world writing-sign x
""".split()  # noqa: SIM905


class Command(BaseCommand):
    help = "Draw static/cordee/icons.svg from the outline icons of Tabler."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="icons/outline of the npm package @tabler/icons")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        symbols = []
        for name in NAMES:
            drawing = folder / f"{name}.svg"
            if not drawing.exists():
                raise CommandError(f"No icon {name} in {folder}.")
            text = re.sub(r"<!--.*?-->", "", drawing.read_text(encoding="utf-8"), flags=re.S)
            inside = re.sub(r"\s+", " ", text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]).strip()
            inside = re.sub(r'<path stroke="none"[^>]*/>', "", inside).replace("> <", "><").replace(" />", "/>")
            symbols.append(
                f'<symbol id="tabler-{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
                f'stroke-linecap="round" stroke-linejoin="round">{inside}</symbol>'
            )
        head = '<svg xmlns="http://www.w3.org/2000/svg"><!-- Tabler Icons, MIT, Paweł Kuna -->'
        SPRITE.write_text("\n".join([head, *symbols, "</svg>", ""]), encoding="utf-8")
        self.stdout.write(f"{len(symbols)} icons, {SPRITE.stat().st_size} bytes.")
