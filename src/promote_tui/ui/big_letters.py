"""Letters made of blocks, to be read from the back of a room."""

from collections.abc import Sequence

_FONT = """
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
_HEIGHT = 9
_LINE = _HEIGHT + 1
"""Dots from one line of letters to the next: capitals have 7, two hang below, one is left free."""
_SPACE = 3
_LARGEST = 4
_BLOCKS = {"##": "█", "# ": "▀", " #": "▄", "  ": " "}
"""Two dots, one above the other, as one character."""


def _read(font: str) -> dict[str, list[str]]:
    """Return the rows of each letter, as wide as it is."""
    letters: dict[str, list[str]] = {}
    lines = font.strip("\n").split("\n")
    for start in range(0, len(lines), _LINE):
        names = [cell[0] for cell in lines[start].split("|")]
        bands = [line.split("|") for line in lines[start + 1 : start + _LINE]]
        for place, name in enumerate(names):
            rows = [band[place].rstrip() for band in bands]
            width = max(map(len, rows))
            letters[name] = [row.ljust(width) for row in rows]
    return letters


_LETTERS = _read(_FONT)


def large(text: str, width: int, height: int) -> list[str] | None:
    """Return text in letters as large as fit into so many columns and lines, each line centred.

    None when it does not fit even in the smallest, or holds a character that there is no letter for.
    """
    words = text.split()
    if not words or not all(character in _LETTERS for word in words for character in word):
        return None
    for size in range(_LARGEST, 0, -1):
        lines = _wrapped(words, width // size)
        if lines and len(lines) * _LINE * size - size <= 2 * height:
            return _in_blocks(lines, width // size, size)
    return None


def _wrapped(words: Sequence[str], dots: int) -> list[str]:
    """Return lines of words that are at most so many dots wide; nothing when a word is wider."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if _dots(longer) <= dots and lines:
            lines[-1] = longer
        elif _dots(word) <= dots:
            lines.append(word)
        else:
            return []
    return lines


def _dots(line: str) -> int:
    return sum(_SPACE if one == " " else len(_LETTERS[one][0]) + 1 for one in line) - 1


def _in_blocks(lines: Sequence[str], dots: int, size: int) -> list[str]:
    rows: list[str] = []
    for line in lines:
        for number in range(_HEIGHT):
            drawn = (" " * (_SPACE - 1) if one == " " else _LETTERS[one][number] for one in line)
            row = " ".join(drawn).center(dots)
            rows += ["".join(dot * size for dot in row)] * size
        rows += [" " * dots * size] * size
    del rows[-size:]
    if len(rows) % 2:
        rows.append(" " * dots * size)
    return ["".join(map(_block, upper, lower)) for upper, lower in zip(rows[::2], rows[1::2], strict=True)]


def _block(upper: str, lower: str) -> str:
    return _BLOCKS[upper + lower]
