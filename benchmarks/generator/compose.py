"""Compose: the body of one plan, section by section, in the notation of the sample plans."""

from random import Random

from benchmarks.generator.cast import Cast, phrases
from benchmarks.generator.dates import time_draws
from benchmarks.generator.numbers import endless, number_draws
from benchmarks.generator.slots import Draw, Slot, fill, plain

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
MARKERS = {
    "roman": (ROMAN, ". "),
    "slash": (ROMAN, "/ "),
    "party": (ROMAN, "- "),
    "letters": (("A", "B", "C", "D", "E", "F", "G", "H"), ". "),
    "digits": (tuple(map(str, range(1, 9))), ". "),
}


class Composer:
    """Composer: draws the lines of one plan; each section is a method that adds to `lines`."""

    def __init__(self, random: Random, cast: Cast) -> None:
        self.random, self.cast = random, cast
        self.lines: list[str] = []
        self.scheme = "party" if cast.style["id"] == "party" else random.choice(["roman", "roman", "roman", "digits", "slash"])
        self.tops = iter(MARKERS[self.scheme][0])
        self.numbers = endless(random, 3)
        self.instruments: dict[str, str] = {}
        self.top = ""
        self.gap = random.random() < 0.1
        self.targets = [text for texts in phrases("targets")["pattern"].values() for text in texts]

    # ------------------------------------------------------------------------------------------------ drawing
    def draws(self) -> dict[str, Draw]:
        """Draws of one line: numbers, times, topic, units."""
        random, topic, style = self.random, self.cast.topic, self.cast.style
        who, _, what = random.choice(topic["share"]).partition("|")
        unit, _, of = random.choice(topic["count"]).partition("|")
        act, other = random.sample(topic["act"], 2)
        lead, third = random.sample(style["units"], 2)
        partner, second = random.sample(style["partners"], 2)
        words = {
            "who": who, "what": what, "bad": random.choice(topic["bad"]), "unit": unit, "of": of, "act": act, "act2": other,
            "L": lead, "U": third, "C": partner, "D": second, "A": random.choice(style["advised"]), "title": topic["title"],
            "R": random.choice(style["reported"]), "about": topic["title"], "law": topic["law"], "code": topic["ministry"][0],
            "ministry": topic["ministry"][1], "province": self.cast.province, "district": self.cast.district,
        }  # fmt: skip
        draws = number_draws(random) | time_draws(random, self.cast.years)
        draws |= {name: self._words(text) for name, text in words.items()}
        nested = {"tail": "tail", "tail_h": "tail", "lead": "lead", "label": "label"}
        return draws | {name: self._time(key, draws) for name, key in nested.items()}

    def _words(self, text: str) -> Draw:
        return lambda: plain(text)

    def _time(self, key: str, draws: dict[str, Draw]) -> Draw:
        return lambda: plain(fill(self.random.choice(phrases("times")[key]), draws, self.random))

    def say(self, templates: list[str]) -> str:
        """One of the templates, filled."""
        return fill(self.random.choice(templates), self.draws(), self.random)

    def some(self, low: int, high: int) -> range:
        """A drawn number of repetitions."""
        return range(self.random.randint(low, high))

    # ------------------------------------------------------------------------------------------------ headings
    def open(self, title: str, options: str = "") -> None:
        """A heading of the first depth."""
        marker = next(self.tops)
        defect = ""
        if self.gap and len(self.lines) > 12:
            marker, self.gap, defect = next(self.tops), False, " defect=numbering_gap"
        self.top = marker
        shown = title.upper() if self.scheme != "digits" else title
        brace = f" {{: {(options + defect).strip()}}}" if (options + defect).strip() else ""
        self.lines.append(f"# {marker}{MARKERS[self.scheme][1]}{shown}{brace}")

    def sub(self, number: int, title: str, options: str = "") -> str:
        """A heading of the second depth; gives its marker."""
        marker = f"{self.top}.{number}" if self.scheme == "digits" else str(number)
        sign = "- " if self.scheme == "party" else ". "
        self.lines.append(f"## {marker}{sign}{title}{f' {{: {options}}}' if options else ''}")
        return marker

    # ------------------------------------------------------------------------------------------------ sections
    def preamble(self) -> None:
        """What the plan is founded on, and who issues it."""
        cited = phrases("references")
        parents = [text for key in self.cast.style["parents"] for text in cited[key]]
        law = self.random.choice(cited["law"])
        planted = cited["wrong_type"] if self.random.random() < 0.08 else []
        founded = [self.cite(text) for text in [law, *planted, *self.random.sample(cited["common"], self.random.randint(0, 3))]]
        parent = self.cite(self.random.choice(parents))
        title = self.random.choice([f" {self.cast.topic['title']}", ""])
        issues = (
            f"{self.cast.named(self.cast.style['short'])} {self.random.choice(['ban hành', 'xây dựng'])} Kế hoạch{title} như sau:"
        )
        if self.random.random() < 0.7:
            self.lines += [f"^ Căn cứ {text};" for text in founded] + [f"^ Thực hiện {parent}, {issues}"]
        else:
            self.lines.append(f"^ Thực hiện {'; '.join([*founded, parent])}, {issues}")

    def cite(self, template: str) -> str:
        """An instrument cited in full, once; numbers are never used twice."""
        random, number = self.random, next(self.numbers)
        draws = self.draws()
        dated = draws["rdate"]()
        year = dated.words.rpartition("/")[2]
        law = self.cast.topic["law"]
        own: dict[str, Slot] = {
            "n": Slot(f"{number:02}", str(number)), "rdateof": dated, "ryear": plain(year),
            "law": plain(law), "lawyear": plain(str(random.choice([2008, 2014, 2016, 2019, 2020]))),
        }  # fmt: skip
        text = fill(template, draws | {name: (lambda value=value: value) for name, value in own.items()}, random)
        if "]{r" in text:
            words = text[1 : text.index("]")]
            kind, _, rest = words.partition(" số ")
            self.instruments[rest.split()[0]] = kind
        return text

    def background(self) -> None:
        """What was reached so far: no targets."""
        self.open("Kết quả thực hiện, khó khăn, tồn tại")
        self.lines += [f"- {self.say(phrases('work')['past'])}" for _ in self.some(1, 3)]

    def purposes(self) -> None:
        """Purpose and requirements."""
        topic = self.cast.topic
        self.open(self.random.choice(["Mục đích, yêu cầu", "Mục đích - Yêu cầu"]))
        for number, (title, key) in enumerate((("Mục đích", "purpose"), ("Yêu cầu", "requirement")), start=1):
            self.sub(number, title, key)
            sign = self.random.choice(["- ", ""])
            self.lines += [f"{sign}{text}" for text in topic[key]]

    def goals(self) -> None:
        """General goal, and targets in one list or in stages."""
        self.open("Mục tiêu")
        self.sub(1, self.random.choice(["Mục tiêu chung", "Mục tiêu tổng quát"]), "general")
        self.lines.append(self.cast.topic["general"])
        if self.random.random() < 0.6:
            self.sub(2, self.random.choice(["Mục tiêu cụ thể", "Chỉ tiêu cụ thể", "Các chỉ tiêu chủ yếu"]), "specific")
            self.bullets(5, 9)
            return
        marker = self.sub(2, "Mục tiêu cụ thể", "specific")
        self.stages(marker)

    def stages(self, marker: str) -> None:
        """Stages of targets, each under a heading with or without a number that sets the horizon."""
        years = self.cast.years
        templates, form = phrases("times")["stage"], self.random.choice(["numbered", "plain", "colon"])
        for number, year in enumerate(dict.fromkeys((years.first, years.last)), start=1):
            choices = [text for text in templates if number > 1 or "<span>" not in text or years.last == years.first]
            choices = [text for text in choices if "<span>" not in text or years.last > years.first]
            draws = self.draws() | {"year": self._words(str(year))}
            time = fill(self.random.choice(choices), draws, self.random)
            self.lines.append(
                f"### {marker}.{number}. {time}" if form == "numbered" else f"### {time}{':' if form == 'colon' else ''}"
            )
            self.bullets(3, 6)

    def bullets(self, low: int, high: int) -> None:
        """Bullets of targets."""
        self.lines += [f"- {self.say(self.targets)}" for _ in self.some(low, high)]

    def work(self) -> None:
        """Tasks in groups, some with label lines."""
        self.open(self.random.choice(["Nhiệm vụ, giải pháp", "Nội dung thực hiện", "Nhiệm vụ và giải pháp chủ yếu"]), "tasks")
        for number, head in enumerate(self.cast.topic["head"], start=1):
            marker = self.sub(number, head)
            if self.random.random() < 0.2:
                self.labelled(marker)
                continue
            sign = self.random.choice(["- ", "- ", "- ", ""])
            self.lines += [f"{sign}{self.task()}" for _ in self.some(2, 4)]
            if self.random.random() < 0.25:
                self.lines.append(f":: {self.say(phrases('work')['label_units'])}")

    def labelled(self, marker: str) -> None:
        """Headings that are tasks, completed by label lines."""
        for number in range(1, 3):
            self.lines.append(f"### {marker}.{number}. {self.say(['<Act>'])} {{: task}}")
            self.lines.append(f": {self.say(phrases('work')['label_time'])}")
            self.lines.append(f": {self.say(phrases('work')['label_units'])}")

    def task(self) -> str:
        """One task of the section on work."""
        work = phrases("work")
        if self.instruments and self.random.random() < 0.12:
            return self.later()
        kinds: list[list[str]] = [work[key] for key in ("free", "timed_tail", "timed_tail", "timed_lead", "counted", "led")]
        return self.say(self.random.choice(kinds))

    def later(self) -> str:
        """A task that names an instrument of the preamble again."""
        code = self.random.choice(sorted(self.instruments))
        word = self.instruments[code]
        draws = self.draws() | {"word": self._words(f"[{word}"), "code_m": self._words(f"{code}]{{m}}")}
        return fill(self.random.choice(phrases("references")["later"]), draws, self.random)

    def money(self) -> None:
        """Where the money comes from: no targets."""
        self.open("Kinh phí thực hiện")
        self.lines.append(self.say(phrases("work")["money"]))

    def assignment(self) -> None:
        """Who does what: units as headings, or numbered sentences."""
        self.open("Tổ chức thực hiện", "tasks")
        units = self.random.sample(self.cast.style["units"], 4)
        if self.random.random() < 0.25:
            for number, unit in enumerate(units, start=1):
                text = fill(self.random.choice(phrases("work")["led"][:4]), self.draws() | {"L": self._words(unit)}, self.random)
                self.lines.append(f"@ {f'{self.top}.{number}' if self.scheme == 'digits' else number}. {text}")
            return
        for number, unit in enumerate(units, start=1):
            self.sub(number, f"[{unit}]{{L}}")
            self.lines += [f"- {self.say(phrases('work')['own'])}" for _ in self.some(1, 3)]
        if self.random.random() < 0.4:
            self.sub(len(units) + 1, f"Đề nghị [{self.random.choice(self.cast.style['partners'])}]{{L}}")
            self.lines.append(f"- {self.say(['<Act>.', '<Act> <tail>.'])}")

    def closing(self) -> None:
        """The closing paragraph."""
        self.lines.append(f"> {self.say(phrases('work')['closing'])}")

    def annex(self) -> None:
        """A table of assignments after the signature."""
        self.lines += ['=PL PHỤ LỤC {: title="BẢNG PHÂN CÔNG NHIỆM VỤ" tasks}', "=T BẢNG PHÂN CÔNG NHIỆM VỤ"]
        self.lines.append(
            "| TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | {: columns task=1 widths=1.3,6,4,4,3}"
        )
        for number in range(1, 4):
            self.lines.append(self.say([f"| {number} | <Act> | [<L>]{{L}} | [<C>]{{C}} | <label> |"]))

    def body(self) -> list[str]:
        """All lines of the plan."""
        self.preamble()
        if self.random.random() < 0.25:
            self.background()
        self.purposes()
        self.goals()
        self.work()
        if self.random.random() < 0.5:
            self.money()
        self.assignment()
        self.closing()
        if self.random.random() < 0.2:
            self.annex()
        return self.lines
