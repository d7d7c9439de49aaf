"""The words of a leaflet for tests, as the editor's form would store them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage

Raw = dict[str, Any]


def section(heading: str, *blocks: Raw, key: str = "") -> Raw:
    return {"type": "section", "value": {"key": key, "heading": heading, "blocks": list(blocks)}}


def paragraph(text: str, key: str = "") -> Raw:
    return {"type": "paragraph", "value": {"key": key, "text": f"<p>{text}</p>"}}


def _items(texts: Iterable[str], key: str) -> list[Raw]:
    return [
        {"type": "item", "value": {"key": f"{key}-{n}" if key else "", "text": f"<p>{text}</p>"}}
        for n, text in enumerate(texts, start=1)
    ]


def listing(lead_in: str, *texts: str, key: str = "", kind: str = "list", **more: Any) -> Raw:
    """A `list` or (`kind`) `steps`; items get keys `<key>-1`, `<key>-2`, …"""
    value = {"key": key, "lead_in": f"<p>{lead_in}</p>" if lead_in else "", **more}
    return {"type": kind, "value": {**value, "items": _items(texts, key)}}


def advice(kind: str, lead_in: str, *texts: str, key: str = "") -> Raw:
    made = listing(lead_in, *texts, key=key, kind="advice")
    made["value"]["kind"] = kind
    return made


def callout(kind: str, heading: str, *texts: str, key: str = "") -> Raw:
    value = {"key": key, "kind": kind, "heading": heading, "items": _items(texts, key)}
    return {"type": "callout", "value": value}


def table(caption: str, columns: list[str], *rows: list[str], key: str = "") -> Raw:
    """Column keys are `<key>-c-1`, row keys `<key>-r-1`, counted from one."""
    value = {
        "key": key,
        "caption": caption,
        "columns": _items(columns, f"{key}-c" if key else ""),
        "rows": [
            {
                "type": "item",
                "value": {
                    "key": f"{key}-r-{n}" if key else "",
                    "cells": [{"type": "item", "value": f"<p>{cell}</p>"} for cell in cells],
                },
            }
            for n, cells in enumerate(rows, start=1)
        ],
    }
    return {"type": "table", "value": value}


def picture(image: LeafletImage, key: str = "", *, alt: str = "", caption: str = "") -> Raw:
    return {
        "type": "image",
        "value": {"key": key, "image": image.pk, "alt": alt, "caption": caption},
    }


def link(page: LeafletPage, text: str, key: str = "") -> Raw:
    return {"type": "leaflet_link", "value": {"key": key, "page": page.pk, "text": text}}


def sample_sections() -> list[Raw]:
    """Every kind of block but pictures and links, inline codes included, all keys given."""
    return [
        section(
            "What is dry needling?",
            paragraph(
                'A tiny needle treats <b>muscles &amp; tendons</b>; see <a href="https://'
                'clinic.example/needles">our page about needles</a>.',
                key="intro",
            ),
            paragraph("It may cause small temporary muscle cramps.", key="cramps"),
            key="what",
        ),
        section(
            "What is a trigger point?",
            paragraph("A trigger point is a knot in a muscle that causes pain.", key="trigger"),
            listing(
                "Trigger points can lead to:",
                "pain in <i>other places</i> of the body",
                "less strength in the muscle involved",
                key="effects",
            ),
            listing(
                "The treatment goes like this:",
                "first the therapist finds the knot",
                "then the needle goes in for a moment",
                key="course",
                kind="steps",
            ),
            key="trigger-point",
        ),
        section(
            "What are the risks?",
            advice("do", "Before you come:", "tell us about every allergy you have", key="before"),
            callout(
                "urgent",
                "Get help now",
                "Call the emergency number if you cannot breathe well.",
                key="alarm",
            ),
            table(
                "How often side effects happen",
                ["What happens", "How often it happens"],
                ["a small bruise on the skin", "in 20 % of all people treated"],
                key="odds",
            ),
            key="risks",
        ),
    ]
