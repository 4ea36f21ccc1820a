"""Letters made of blocks, to be read from the back of a room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TALL = """
A    |B    |C    |D    |E    |F    |G    |H    |I    |J    |K    |L    |M
 ##  |###  | ### |###  |#### |#### | ### |#  # |###  |  ## |#  # |#    |#   #
#  # |#  # |#    |#  # |#    |#    |#    |#  # | #   |   # |#  # |#    |## ##
#  # |#  # |#    |#  # |#    |#    |#    |#  # | #   |   # |# #  |#    |# # #
#### |###  |#    |#  # |###  |###  |# ## |#### | #   |   # |##   |#    |# # #
#  # |#  # |#    |#  # |#    |#    |#  # |#  # | #   |   # |# #  |#    |#   #
#  # |#  # |#    |#  # |#    |#    |#  # |#  # | #   |#  # |#  # |#    |#   #
#  # |###  | ### |###  |#### |#    | ### |#  # |###  | ##  |#  # |#### |#   #
     |     |     |     |     |     |     |     |     |     |     |     |
     |     |     |     |     |     |     |     |     |     |     |     |
N    |O    |P    |Q    |R    |S    |T    |U    |V    |W    |X    |Y    |Z
#   #| ##  |###  | ##  |###  | ### |#####|#  # |#   #|#   #|#   #|#   #|####
##  #|#  # |#  # |#  # |#  # |#    |  #  |#  # |#   #|#   #|#   #|#   #|   #
##  #|#  # |#  # |#  # |#  # |#    |  #  |#  # |#   #|#   #| # # | # # |  #
# # #|#  # |###  |#  # |###  | ##  |  #  |#  # |#   #|# # #|  #  |  #  |  #
#  ##|#  # |#    |#  # |# #  |   # |  #  |#  # | # # |# # #| # # |  #  | #
#  ##|#  # |#    |#  # |#  # |   # |  #  |#  # | # # |## ##|#   #|  #  |#
#   #| ##  |#    | ##  |#  # |###  |  #  | ##  |  #  |#   #|#   #|  #  |####
     |     |     |   # |     |     |     |     |     |     |     |     |
     |     |     |     |     |     |     |     |     |     |     |     |
a    |b    |c    |d    |e    |f    |g    |h    |i    |j    |k    |l    |m
     |#    |     |   # |     | ##  |     |#    |#    | #   |#    |#    |
     |#    |     |   # |     | #   |     |#    |     |     |#    |#    |
 ##  |###  | ### | ### | ##  |###  | ### |###  |#    | #   |#  # |#    |## #
   # |#  # |#    |#  # |#  # | #   |#  # |#  # |#    | #   |# #  |#    |# # #
 ### |#  # |#    |#  # |#### | #   |#  # |#  # |#    | #   |##   |#    |# # #
#  # |#  # |#    |#  # |#    | #   |#  # |#  # |#    | #   |# #  |#    |# # #
 ### |###  | ### | ### | ### | #   | ### |#  # |#    | #   |#  # | #   |# # #
     |     |     |     |     |     |   # |     |     | #   |     |     |
     |     |     |     |     |     | ##  |     |     |#    |     |     |
n    |o    |p    |q    |r    |s    |t    |u    |v    |w    |x    |y    |z
     |     |     |     |     |     | #   |     |     |     |     |     |
     |     |     |     |     |     | #   |     |     |     |     |     |
###  | ##  |###  | ### |# #  | ### |###  |#  # |#   #|#   #|#  # |#  # |####
#  # |#  # |#  # |#  # |##   |#    | #   |#  # |#   #|# # #|#  # |#  # |   #
#  # |#  # |#  # |#  # |#    | ##  | #   |#  # | # # |# # #| ##  |#  # | ##
#  # |#  # |#  # |#  # |#    |   # | #   |#  # | # # |# # #|#  # |#  # |#
#  # | ##  |###  | ### |#    |###  | ##  | ### |  #  | # # |#  # | ### |####
     |     |#    |   # |     |     |     |     |     |     |     |   # |
     |     |#    |   # |     |     |     |     |     |     |     | ##  |
0    |1    |2    |3    |4    |5    |6    |7    |8    |9    |.    |,    |:
 ##  | #   | ##  |###  |#  # |#### | ##  |#### | ##  | ##  |     |     |
#  # |##   |#  # |   # |#  # |#    |#    |   # |#  # |#  # |     |     |
#  # | #   |   # |   # |#  # |#    |#    |   # |#  # |#  # |     |     |
#  # | #   |  #  | ##  |#### |###  |###  |  #  | ##  | ### |     |     |#
#  # | #   | #   |   # |   # |   # |#  # |  #  |#  # |   # |     |     |
#  # | #   |#    |   # |   # |   # |#  # | #   |#  # |   # |     |     |
 ##  |###  |#### |###  |   # |###  | ##  | #   | ##  | ##  |#    | #   |#
     |     |     |     |     |     |     |     |     |     |     |#    |
     |     |     |     |     |     |     |     |     |     |     |     |
;    |!    |?    |'    |"    |‘    |’    |“    |”    |-    |–    |—    |…
     |#    | ##  |#    |# #  | #   | #   | # # | # # |     |     |     |
     |#    |#  # |#    |# #  |#    |#    |# #  |# #  |     |     |     |
     |#    |   # |     |     |     |     |     |     |     |     |     |
 #   |#    |  #  |     |     |     |     |     |     |     |     |     |
     |#    | #   |     |     |     |     |     |     |###  |#### |#####|
     |     |     |     |     |     |     |     |     |     |     |     |
 #   |#    | #   |     |     |     |     |     |     |     |     |     |# # #
#    |     |     |     |     |     |     |     |     |     |     |     |
     |     |     |     |     |     |     |     |     |     |     |     |
(    |)    |/    |&    |+    |=    |%    |#    |@    |£    |*    |·
 #   |#    |   # | ##  |     |     |##  #| # # | ### | ### |     |
#    | #   |   # |#  # |     |     |##  #| # # |#   #| #   |# #  |
#    | #   |  #  |#  # |     |     |   # |#####|# ###| #   | #   |
#    | #   |  #  | ##  | #   |#### |  #  | # # |# # #|###  |# #  |
#    | #   | #   |#  # |###  |     | #   |#####|# ###| #   |     |#
#    | #   |#    |#  # | #   |#### |#  ##| # # |#    | #   |     |
 #   |#    |#    | ## #|     |     |#  ##| # # | ####|#### |     |
     |     |     |     |     |     |     |     |     |     |     |
     |     |     |     |     |     |     |     |     |     |     |
"""
_LOW = """
A    |B    |C    |D    |E    |F    |G    |H    |I    |J    |K    |L    |M
 #   |##   | ##  |##   |###  |###  | ##  |# #  |###  |  #  |# #  |#    |#   #
# #  |# #  |#    |# #  |#    |#    |#    |# #  | #   |  #  |# #  |#    |## ##
###  |##   |#    |# #  |##   |##   |# #  |###  | #   |  #  |##   |#    |# # #
# #  |# #  |#    |# #  |#    |#    |# #  |# #  | #   |# #  |# #  |#    |#   #
# #  |##   | ##  |##   |###  |#    | ##  |# #  |###  | #   |# #  |###  |#   #
     |     |     |     |     |     |     |     |     |     |     |     |
N    |O    |P    |Q    |R    |S    |T    |U    |V    |W    |X    |Y    |Z
#  # | ##  |##   | ##  |##   | ##  |###  |# #  |# #  |#   #|# #  |# #  |###
## # |#  # |# #  |#  # |# #  |#    | #   |# #  |# #  |#   #|# #  |# #  |  #
# ## |#  # |##   |#  # |##   | #   | #   |# #  |# #  |# # #| #   | #   | #
#  # |#  # |#    |# #  |# #  |  #  | #   |# #  |# #  |## ##|# #  | #   |#
#  # | ##  |#    | # # |# #  |##   | #   |###  | #   |#   #|# #  | #   |###
     |     |     |     |     |     |     |     |     |     |     |     |
a    |b    |c    |d    |e    |f    |g    |h    |i    |j    |k    |l    |m
     |#    |     |  #  |     | ##  |     |#    |#    | #   |#    |#    |
 ##  |##   | ##  | ##  | ##  | #   | ##  |##   |     |     |# #  |#    |## #
# #  |# #  |#    |# #  |# #  |###  |# #  |# #  |#    | #   |##   |#    |# # #
# #  |# #  |#    |# #  |##   | #   | ##  |# #  |#    | #   |# #  |#    |# # #
 ##  |##   | ##  | ##  | ##  | #   |  #  |# #  |#    | #   |# #  | #   |# # #
     |     |     |     |     |     |##   |     |     |#    |     |     |
n    |o    |p    |q    |r    |s    |t    |u    |v    |w    |x    |y    |z
     |     |     |     |     |     | #   |     |     |     |     |     |
##   | #   |##   | ##  |# #  | ##  |###  |# #  |# #  |#   #|# #  |# #  |###
# #  |# #  |# #  |# #  |##   |##   | #   |# #  |# #  |# # #| #   |# #  | #
# #  |# #  |# #  |# #  |#    |  #  | #   |# #  |# #  |# # #| #   | ##  |#
# #  | #   |##   | ##  |#    |##   | ##  | ##  | #   | # # |# #  |  #  |###
     |     |#    |  #  |     |     |     |     |     |     |     |##   |
0    |1    |2    |3    |4    |5    |6    |7    |8    |9    |.    |,    |:
###  | #   |##   |##   |# #  |###  | ##  |###  |###  |###  |     |     |
# #  |##   |  #  |  #  |# #  |#    |#    |  #  |# #  |# #  |     |     |
# #  | #   | #   | #   |###  |##   |###  | #   |###  |###  |     |     |#
# #  | #   |#    |  #  |  #  |  #  |# #  | #   |# #  |  #  |     |     |
###  |###  |###  |##   |  #  |##   |###  | #   |###  |##   |#    | #   |#
     |     |     |     |     |     |     |     |     |     |     |#    |
;    |!    |?    |'    |"    |‘    |’    |“    |”    |-    |–    |—    |…
     |#    |##   |#    |# #  | #   | #   | # # | # # |     |     |     |
     |#    |  #  |#    |# #  |#    |#    |# #  |# #  |     |     |     |
 #   |#    | #   |     |     |     |     |     |     |##   |###  |#####|
     |     |     |     |     |     |     |     |     |     |     |     |
 #   |#    | #   |     |     |     |     |     |     |     |     |     |# # #
#    |     |     |     |     |     |     |     |     |     |     |     |
(    |)    |/    |&    |+    |=    |%    |#    |@    |£    |*    |·
 #   |#    |  #  | #   |     |     |# #  | # # | ### | ##  |# #  |
#    | #   |  #  |# #  | #   |###  |  #  |#####|# # #| #   | #   |
#    | #   | #   | # # |###  |     | #   | # # |# ###|##   |# #  |#
#    | #   |#    |# #  | #   |###  |#    |#####|#    | #   |     |
 #   |#    |#    | # # |     |     |# #  | # # | ### |###  |     |
     |     |     |     |     |     |     |     |     |     |     |
"""
_SPACE = 3
_LARGEST = 4
_BLOCKS = {"##": "█", "# ": "▀", " #": "▄", "  ": " "}
"""Two dots, one above the other, as one character."""


@dataclass(frozen=True)
class Font:
    """Letters as rows of dots, all of one height but each as wide as it is."""

    letters: Mapping[str, Sequence[str]]
    height: int

    @classmethod
    def read(cls, drawn: str, height: int) -> "Font":
        """Read letters that stand side by side, their names above them."""
        letters: dict[str, list[str]] = {}
        lines = drawn.strip("\n").split("\n")
        for start in range(0, len(lines), height + 1):
            bands = [line.split("|") for line in lines[start + 1 : start + 1 + height]]
            for place, name in enumerate(lines[start].split("|")):
                rows = [band[place].rstrip() for band in bands]
                width = max(map(len, rows))
                letters[name[0]] = [row.ljust(width) for row in rows]
        return cls(letters, height)

    def dots(self, line: str) -> int:
        """Return how many dots wide a line is."""
        return sum(_SPACE if one == " " else len(self.letters[one][0]) + 1 for one in line) - 1

    def wrapped(self, words: Sequence[str], dots: int) -> list[str]:
        """Return lines of words that are at most so many dots wide; nothing when a word is wider."""
        lines: list[str] = []
        for word in words:
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.dots(longer) <= dots:
                lines[-1] = longer
            elif self.dots(word) <= dots:
                lines.append(word)
            else:
                return []
        return lines

    def rows(self, lines: Sequence[str], dots: int, size: int) -> list[str]:
        """Return the rows of dots of lines, each centred, one row free between them."""
        rows: list[str] = []
        for line in lines:
            for number in range(self.height):
                drawn = (" " * (_SPACE - 1) if one == " " else self.letters[one][number] for one in line)
                row = " ".join(drawn).center(dots)
                rows += ["".join(dot * size for dot in row)] * size
            rows += [" " * dots * size] * size
        return rows[:-size]


_FONTS = [(Font.read(_TALL, 9), size) for size in range(_LARGEST, 0, -1)] + [(Font.read(_LOW, 6), 1)]
"""The letters to try, the largest first. Tall ones are easier to read, low ones leave room for more."""


def large(text: str, width: int, height: int) -> list[str] | None:
    """Return text in letters as large as fit into so many columns and lines, each line centred.

    None when it does not fit even in the smallest, or holds a character that there is no letter for.
    """
    words = text.split()
    known = _FONTS[0][0].letters
    if not words or not all(character in known for word in words for character in word):
        return None
    for font, size in _FONTS:
        lines = font.wrapped(words, width // size)
        if lines and (len(lines) * (font.height + 1) - 1) * size <= 2 * height:
            return _in_blocks(font.rows(lines, width // size, size))
    return None


def _in_blocks(rows: Sequence[str]) -> list[str]:
    below = [*rows[1:], " " * len(rows[0])]
    pairs = zip(rows[::2], below[::2], strict=True)
    return ["".join(_BLOCKS[one + two] for one, two in zip(*pair, strict=True)) for pair in pairs]
