"""Folders that cannot be compared, and what a comparison says of doubtful ones."""

import json
from pathlib import Path

import pytest

from comparison.compare import Options, compare
from comparison.errors import CannotCompare
from comparison.own_register import read_register
from comparison.reading import read_plans
from comparison.vocabulary import read_vocabulary
from extractors.layers.register import Instrument, with_own
from pipeline.__main__ import main
from tests.comparison.material import citation, plan, target


def run_folder(folder: Path, *plans: object, version: str = "1.0", counted: int | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "plans.jsonl").write_text("".join(f"{p.model_dump_json()}\n" for p in plans), encoding="utf-8")
    report = {"schema_version": version, "counts": {"plans": len(plans) if counted is None else counted}}
    (folder / "run.json").write_text(json.dumps(report), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda f: (f / "run.json").unlink(), "half-written"),
        (lambda f: (f / "plans.jsonl").unlink(), "no outputs folder"),
        (lambda f: (f / "run.json").write_text("{"), "damaged"),
        (lambda f: (f / "run.json").write_text('{"schema_version": "0.9", "counts": {"plans": 1}}'), "schema 0.9"),
        (lambda f: (f / "run.json").write_text('{"schema_version": "1.0", "counts": {"plans": 7}}'), "counts 7 plans"),
        (lambda f: (f / "plans.jsonl").write_text('{"schema_version": "1.0"}\n'), "line 1"),
        (lambda f: (f / "plans.jsonl").write_text("{\n"), "line 1"),
    ],
)
def test_unusable_outputs(tmp_path: Path, spoil: object, says: str, capsys: pytest.CaptureFixture[str]):
    folder = run_folder(tmp_path / "run", plan("a"))
    spoil(folder)
    assert main(["compare", str(folder), "--out", str(tmp_path / "out")]) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["compare", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 2
    assert "no such folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("id,label,unit,direction\n", "column variants is missing"),
        ("id,label,variants,unit,direction\nA,Một,,%,\nA,Hai,,%,\n", "'A' stands twice"),
        ("id,label,variants,unit,direction\nH.BHYT.COV,Một,,%,\n", "one of the project's own"),
        ("id,label,variants,unit,direction\nA,Một,,%,up\n", "direction is 'up'"),
        ("id,label,variants,unit,direction\n,Một,,%,\n", "must not be empty"),
        ("id;label;variants;unit;direction\nA;Một;;%;\n", "with commas between"),
        ("id,label,variants,unit,unit,direction\nA,Một,,%,%,\n", "column unit stands twice"),
        ("id,label,variants,unit,direction\nA,Một, hai,,%,\n", "line 2 has more or fewer cells"),
        ("id,label,variants,unit,direction\nA,Một\n", "line 2 has more or fewer cells"),
        ("id,label,variants,unit,direction\nA,Hộ có vườn,,%,\nB,Khác,hộ có vườn,%,\n", "'B' has a naming that 'A' has too"),
        ("id,label,variants,unit,direction\n", "holds no indicator"),
        ("", "column id, label"),
    ],
)
def test_unusable_vocabulary(tmp_path: Path, rows: str, says: str, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "own.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(CannotCompare, match=says):
        read_vocabulary(path)
    run = run_folder(tmp_path / "run", plan("a"))
    assert main(["compare", str(run), "--out", str(tmp_path / "out"), "--vocabulary", str(path)]) == 2
    assert says.split("'")[-1] in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_vocabulary_in_another_encoding(tmp_path: Path):
    path = tmp_path / "own.csv"
    path.write_bytes("id,label,variants,unit,direction\nA,Hộ nghèo,,%,\n".encode("utf-16"))
    with pytest.raises(CannotCompare, match="Save it as CSV UTF-8"):
        read_vocabulary(path)


def test_one_naming_with_two_units_is_two_indicators(tmp_path: Path):
    path = tmp_path / "own.csv"
    path.write_text("id,label,variants,unit,direction\nA,Hộ có vườn,,%,\nB,Số hộ có vườn,,hộ,\n", encoding="utf-8")
    assert set(read_vocabulary(path)) == {"A", "B"}


def test_unusable_register(tmp_path: Path):
    path = tmp_path / "own.csv"
    path.write_text("code,type,issued_on,issuer,title,effective_on\n1/QĐ-UBND,QĐ,1/2/2024,UBND,Một,\n", encoding="utf-8")
    with pytest.raises(CannotCompare, match="line 2"):
        read_register(path)


def test_own_register_adds_and_wins():
    own = [Instrument("41/2025/QĐ-UBND", "Quyết định", "2025-08-18", "UBND tỉnh", "Quản lý chất thải rắn", "")]
    plans = [plan("a", references=(citation("41/2025/QĐ-UBND", "2025-08-19"),))]
    assert compare(plans).citation_mismatches == ()
    (wrong,) = compare(plans, Options(register=with_own(own))).citation_mismatches
    assert wrong.registered_on == "2025-08-18"


def test_own_vocabulary_names_what_the_project_does_not_know(tmp_path: Path):
    path = tmp_path / "own.csv"
    path.write_text("id,label,variants,unit,direction\nMY.DOG,Tỷ lệ chó nuôi được tiêm phòng dại,tiêm phòng dại chó,%,higher\n", encoding="utf-8")
    plans = [plan(i, targets=(target("Tỷ lệ chó nuôi được tiêm phòng dại", v, by="2025"),)) for i, v in (("a", 80), ("b", 90))]
    found = compare(plans, Options(vocabulary=read_vocabulary(path)))
    (judged,) = (p for p in found.alignment if p.verdict)
    assert (judged.indicator, judged.verdict) in {("MY.DOG", "stricter"), ("MY.DOG", "weaker")}
    assert [i.source for i in found.indicators] == ["user"]


def test_unknown_measure_of_two_plans_gets_a_provisional_id():
    said = ("chó nuôi được đeo thẻ tên", "Tỷ lệ chó nuôi được đeo thẻ tên trên địa bàn xã An Bình")
    found = compare([plan(str(k), targets=(target(words, 80),)) for k, words in enumerate(said)])
    assert [i.id for i in found.indicators] == ["x:cho-nuoi-deo-the-ten"]
    assert compare([plan("0", targets=(target(said[0], 80),))]).indicators == ()


def test_same_header_is_said_and_links_to_neither():
    twins = [plan(i, code="5/KH-UBND", on="2024-01-05", place=("huyện", "Sơn Hà")) for i in ("a", "b")]
    child = plan("c", code="9/KH-UBND", on="2024-02-05", references=(citation("5/KH-UBND", "2024-01-05", issuer="UBND huyện Sơn Hà"),))
    found = compare([*twins, child])
    assert {p.code for p in found.problems} == {"same_header", "ambiguous_parent"}
    assert found.links == ()
    assert len(found.plans) == 3


def test_plan_without_locality_is_said():
    found = compare([plan("a", place=None)])
    assert [p.code for p in found.problems] == ["no_locality"]
    assert found.plans[0].locality is None


def test_one_plan_twice_is_refused():
    with pytest.raises(CannotCompare, match="stands twice"):
        compare([plan("a"), plan("a")])


def test_a_day_that_differs_is_said():
    parent = plan("a", code="5/KH-UBND", on="2024-01-05", place=("huyện", "Sơn Hà"))
    child = plan("b", references=(citation("5/KH-UBND", "2024-01-15", issuer="UBND huyện Sơn Hà"),))
    found = compare([parent, child])
    assert found.links[0].conflicts == ("date",)
    assert [p.code for p in found.problems] == ["conflicting_citation"]


@pytest.mark.parametrize(("on", "issuer"), [("2023-01-05", "UBND huyện Sơn Hà"), ("2024-01-05", "UBND huyện Khác")])
def test_number_of_another_year_or_place_is_no_link(on: str, issuer: str):
    parent = plan("a", code="5/KH-UBND", on="2024-01-05", place=("huyện", "Sơn Hà"))
    assert compare([parent, plan("b", references=(citation("5/KH-UBND", on, issuer=issuer),))]).links == ()


def test_homonyms_are_told_apart():
    plans = [plan("a", place=("xã", "Tân Phú"), within=("huyện Một",)), plan("b", place=("xã", "Tân Phú"), within=("huyện Hai",))]
    found = compare(plans)
    assert [(place.key, place.homonyms) for place in found.localities] == [
        ("xã Tân Phú, huyện Hai", ("xã Tân Phú, huyện Một",)),
        ("xã Tân Phú, huyện Một", ("xã Tân Phú, huyện Hai",)),
    ]
    assert [p.code for p in found.problems] == ["homonym"]


def test_districts_go_into_many_units():
    (place,) = compare([plan("a", place=("huyện", "Lục Ngạn"), official=("219", "tỉnh Bắc Giang"))]).localities
    assert len(place.successors) > 5
    assert place.successors[0].seat
    assert place.province_now == ("tỉnh Bắc Ninh",)


def test_versions():
    earlier = plan("a", code="1/KH-UBND", on="2023-01-05", targets=(
        target("chó được tiêm phòng dại", 70, by="2023"), target("hộ ký cam kết nuôi nhốt", 80, id="target-2", by="2023"),
        target("thôn có tổ bắt chó", 50, id="target-3", by="2023"),
    ))
    later = plan("b", code="2/KH-UBND", on="2024-01-05", targets=(
        target("chó được tiêm phòng dại", 75, by="2024"), target("hộ ký cam kết nuôi nhốt", 80, id="target-2", by="2024"),
        target("mèo được tiêm phòng dại", 40, id="target-3", by="2024"),
    ))
    changes = {(row.change, row.label.split()[0]) for row in compare([later, earlier]).versions}
    assert {change for change, _ in changes} == {"raised", "moved", "dropped", "added"}


def test_disagreement_has_majority_and_outliers():
    cited = ["2017-09-25", "2017-09-25", "2017-10-18"]
    plans = [plan(str(k), references=(citation("37/2017/TT-BYT", on),)) for k, on in enumerate(cited)]
    found = compare(plans)
    assert [(d.value, d.plans, d.majority) for d in found.disagreements] == [("2017-09-25", ("0", "1"), True), ("2017-10-18", ("2",), False)]
    assert [m.plan for m in found.citation_mismatches] == ["2"]


def test_two_party_directives_with_one_number_are_two():
    plans = [plan(str(k), references=(citation("25-CT/TW", on),)) for k, on in enumerate(("2018-08-08", "2023-10-25"))]
    found = compare(plans)
    assert found.disagreements == ()
    assert len({g.instrument for g in found.grounds}) == 2


def test_one_number_of_two_localities_is_two_instruments():
    """State numbers start again in every locality and body, Party and Front committees included."""
    bodies = ("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Nam Lĩnh", "Ban Thường trực Ủy ban MTTQ Việt Nam xã An Bình")
    levels = ("province", "commune")
    cited = [citation("16/KH-MTTQ-BTT", "2025-11-18", issuer=name, level=level) for name, level in zip(bodies, levels, strict=True)]
    found = compare([plan(str(k), references=(each,)) for k, each in enumerate(cited)])
    assert found.disagreements == ()
    assert len({g.instrument for g in found.grounds}) == 2


def test_what_counts_communes_is_no_gap_of_a_commune():
    asked = (target("xã đạt chuẩn nông thôn mới", 80, population="xã"), target("Tỷ lệ hộ nghèo", 3, id="target-2"))
    title = "Xây dựng nông thôn mới"
    found = compare([plan("a", place=("tỉnh", "Nam Lĩnh"), title=title, targets=asked), plan("b", title=title)])
    assert [(p.plan, p.indicator) for p in found.alignment if p.kind == "gap"] == [("b", "P.POOR")]


def test_positions_of_another_group_are_judged_among_themselves():
    said = "có tài khoản định danh điện tử"
    adults = target(f"người trưởng thành {said}", 75, population="người trưởng thành")
    from_14 = (target(f"người từ 14 tuổi trở lên {said}", value, population="người từ 14 tuổi trở lên") for value in (70, 80))
    plans = [plan("a", place=("tỉnh", "Nam Lĩnh"), targets=(adults,)), *(plan(i, targets=(t,)) for i, t in zip("bc", from_14, strict=True))]
    judged = {p.plan: (p.reference, p.verdict, p.reason) for p in compare(plans).alignment}
    assert judged == {"a": (None, None, None), "b": ("a", "not_comparable", "other_denominator"), "c": ("b", "stricter", None)}


def test_what_indicators_prints_is_a_vocabulary_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    said = ("chó nuôi được đeo thẻ tên", "Tỷ lệ chó nuôi được đeo thẻ tên")
    folder = run_folder(tmp_path / "run", *(plan(str(k), targets=(target(words, 80),)) for k, words in enumerate(said)))
    assert main(["indicators", str(folder)]) == 0
    adopted = tmp_path / "own.csv"
    adopted.write_text(capsys.readouterr().out, encoding="utf-8")
    found = compare(read_plans(folder), Options(vocabulary=read_vocabulary(adopted)))
    assert [(i.id, i.source, i.plans) for i in found.indicators] == [("x:cho-nuoi-deo-the-ten", "user", 2)]
