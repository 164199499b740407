"""Fixtures of all tests: the sample plans, runs over them, and a plan in which every field is filled."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from pipeline.__main__ import main
from schemas.plan import Plan

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus" / "plans"
NEIGHBOUR = ROOT.parent / "shared"
"""A folder with more plans, which are not part of the project: tests use them where they are at hand."""

SMALL_PLAN = """\
ỦY BAN NHÂN DÂN
XÃ BÌNH MINH
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Minh, ngày 10 tháng 6 năm 2024

KẾ HOẠCH
Trồng cây xanh năm 2024

I. MỤC TIÊU
- Tỷ lệ đường thôn có cây xanh đạt trên 80% vào cuối năm 2024.

II. NHIỆM VỤ
1. Công chức Địa chính chủ trì, phối hợp với Đoàn Thanh niên xã phát động trồng cây trước ngày 30/6/2024.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one small plan in it."""
    inputs = tmp_path / "plans"
    inputs.mkdir()
    (inputs / "trong-cay.txt").write_text(SMALL_PLAN, encoding="utf-8")
    return inputs


@pytest.fixture(scope="session")
def documents() -> list[Path]:
    """The plans that are at hand: the corpus, and of those beside the project the ones that need no recognition."""
    real = [path for path in sorted((NEIGHBOUR / "real").glob("*")) if path.suffix in {".docx", ".htm"}]
    return [CORPUS, *sorted((NEIGHBOUR / "plans").glob("*.txt")), *real]


@pytest.fixture(scope="session")
def run_over(tmp_path_factory: pytest.TempPathFactory, documents: list[Path]) -> Callable[[int], Path]:
    """Run over all documents with a number of processes, once each; gives the output folder."""
    done: dict[int, Path] = {}

    def run(jobs: int) -> Path:
        if jobs not in done:
            done[jobs] = tmp_path_factory.mktemp("outputs")
            assert main(["extract", *map(str, documents), "--out", str(done[jobs]), "--jobs", str(jobs), "--quiet"]) in {0, 1}
        return done[jobs]

    return run


@pytest.fixture(scope="session")
def outputs(run_over: Callable[[int], Path]) -> Path:
    """The results of a run over all documents."""
    return run_over(1)


@pytest.fixture(scope="session")
def full_plan() -> Plan:
    """A plan with one fact of each family and a value in each field."""
    plan: Plan = Plan.model_validate(filled(Plan))
    return plan


def filled(model: type[BaseModel]) -> dict[str, Any]:
    """A value for each field of a model, by its type."""
    return {name: _value(name, field.annotation) for name, field in model.model_fields.items()}


def _value(name: str, annotation: Any) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return filled(annotation)
    if origin is dict:
        return {"title": _value(name, arguments[1])}
    if origin is tuple:
        shape = arguments[:1] if arguments[1:] == (...,) else arguments
        return [_value(name, part) for part in shape]
    if annotation in {str, int, float, bool}:
        return {str: f"a {name}", int: 7, float: 7.5, bool: True}[annotation]
    if origin is not None and type(None) in arguments:
        return _value(name, arguments[0])
    if hasattr(annotation, "__metadata__"):
        return _value(name, arguments[0])
    return arguments[0]
