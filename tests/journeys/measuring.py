"""A page for staff in numbers: how wide it is enlarged, its words, its targets, what axe finds."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AT_200_AND_400_PER_CENT = (640, 320)  # of 1280 px
WIDER_THAN_THE_WINDOW = "() => document.documentElement.scrollWidth - innerWidth"
SMALL_WORDS = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const size = parseFloat(getComputedStyle(walk.currentNode.parentElement).fontSize);
    const words = walk.currentNode.textContent.trim();
    if (words && size < 14) found.push(`${words.slice(0, 30)}: ${size} px`);
  }
  return found;
}"""
LOW_TARGETS = """() => [...document.querySelectorAll('main a, main button, main summary')]
  .filter(e => e.offsetParent !== null)
  .map(e => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect().height])
  .filter(([_, height]) => height && height < 24)
  .map(([words, height]) => `${words}: ${height} px`)"""


def scrolls_sideways_at(page: Page) -> list[int]:
    """The widths at which an enlarged page is wider than its window."""
    found = []
    for width in AT_200_AND_400_PER_CENT:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate(WIDER_THAN_THE_WINDOW) > 0:
            found.append(width)
    return found


def axe_finds(page: Page) -> list[str]:
    """Every violation, best practice included."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found]


def words_under_14_px(page: Page) -> list[str]:
    """What is written smaller than it may be."""
    return list(page.evaluate(SMALL_WORDS))


def targets_under_24_px(page: Page) -> list[str]:
    """What can be pressed and is lower than it may be."""
    return list(page.evaluate(LOW_TARGETS))


# What is asked of every page for staff; each gives what is wrong, and nothing where all is well.
MEASURES = (scrolls_sideways_at, axe_finds, words_under_14_px, targets_under_24_px)
