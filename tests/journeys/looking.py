"""What an auditor looks at on a page: its headings, its width, its focus, its policy, and what axe finds."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

NARROW = 320
REQUIRED_POLICY = ("default-src 'self'", "object-src 'none'", "base-uri 'self'", "frame-ancestors 'none'")

TOO_WIDE = """() => {
  const limit = document.documentElement.clientWidth + 1;
  if (document.documentElement.scrollWidth <= limit) return [];
  const clips = (one) => getComputedStyle(one).overflowX !== "visible";
  const clipped = (one) => one && (clips(one) || clipped(one.parentElement));
  const wide = [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > limit && !clipped(one.parentElement));
  return ["la page est trop large", ...wide.slice(-3).map((one) => one.outerHTML.slice(0, 160))];
}"""
SHAPE = """() => {
  const told = (one) => one.getAttributeNames().filter((name) => /^(role|aria-|type$|for$)/.test(name));
  const kind = (one) => [one.tagName, ...[...one.classList].sort(), ...told(one)].join(".");
  const all = [...document.querySelectorAll("main, main *, nav *")];
  return [...new Set(all.map((one) => kind(one.parentElement) + " > " + kind(one)))];
}"""
OPEN_ALL = """() => {
  const closed = [...document.querySelectorAll("details:not([open])")];
  for (const one of closed) { one.open = true; one.dataset.opened = "1"; }
  return closed.length;
}"""
CLOSE_AGAIN = """() => {
  const opened = document.querySelectorAll("[data-opened]");
  for (const one of opened) { one.open = false; delete one.dataset.opened; }
}"""
WITHOUT_VISIBLE_FOCUS = """() => {
  const words = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const wide = (one) => one.getBoundingClientRect().width > 1;
  const shown = (one) => one.checkVisibility() && one.tabIndex >= 0 && wide(one);
  return [...document.querySelectorAll(words)].filter(shown).filter((one) => {
    one.focus();
    const style = getComputedStyle(one);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return document.activeElement === one && !outlined && style.boxShadow === "none";
  }).map((one) => one.outerHTML.slice(0, 160));
}"""


def faults_of(page: Page, *, is_home: bool = False, with_axe: bool = True) -> list[str]:
    """One h1, a title, where one is, nothing too wide, nothing axe finds; folds closed, then opened."""
    faults = [*_headings(page), *_check(page, with_axe=with_axe)]
    stands_alone = not page.locator("nav.site-nav").count()  # a questionnaire leads nowhere but to its end
    if not is_home and not stands_alone and page.locator("nav.crumbs li").count() < 2:
        faults.append("pas de fil d'Ariane")
    if page.evaluate(OPEN_ALL):
        faults += [f"déplié : {fault}" for fault in _check(page, with_axe=with_axe)]
        page.evaluate(CLOSE_AGAIN)
    return faults


def _headings(page: Page) -> list[str]:
    first = [one.strip() for one in page.locator("h1").all_inner_texts()]
    title = page.title().removesuffix("· Faubourg").strip()
    return [
        *([] if len(first) == 1 and first[0] else [f"un seul h1 est attendu : {first}"]),
        *([] if title else ["page sans titre"]),
    ]


def _check(page: Page, *, with_axe: bool) -> list[str]:
    found = Axe().run(page).response["violations"] if with_axe else []
    axe = [f"axe {one['id']} : {[node['html'][:200] for node in one['nodes'][:3]]}" for one in found]
    return [*_width(page), *axe]


def _width(page: Page) -> list[str]:
    wide = page.evaluate(TOO_WIDE)
    return [f"déborde à {page.viewport_size['width']} px : {wide}"] if wide else []


def shape_of(page: Page) -> set[str]:
    """What the page is made of, whatever its words and however many its rows."""
    return set(page.evaluate(SHAPE))


def faults_on_a_small_screen(page: Page) -> list[str]:
    """At 320 px the page does not scroll sideways, folds closed or opened."""
    usual = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 900})
    faults = _width(page)
    if page.evaluate(OPEN_ALL):
        faults += _width(page)
        page.evaluate(CLOSE_AGAIN)
    page.set_viewport_size(usual)
    return faults


BACK_TO_THE_TOP = """() => {
  const top = document.createElement("span");
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
}"""
"""A page of typing opens in its field: the keyboard goes back to where a page begins."""


def faults_of_focus(page: Page) -> list[str]:
    """From the top, the first Tab shows the way past the menu; then whatever has the focus looks like it."""
    if page.locator(":focus[autofocus]").count():
        page.evaluate(BACK_TO_THE_TOP)
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    box = first.bounding_box() if first.count() else None
    skips = box and first.inner_text() == "Aller au contenu" and box["y"] >= 0 and box["width"] > 20
    unseen = page.evaluate(WITHOUT_VISIBLE_FOCUS)
    return [
        *([] if skips else ["le premier Tab ne montre pas « Aller au contenu »"]),
        *([f"focus invisible : {unseen[:5]}"] if unseen else []),
    ]


def policy_faults(response: Response) -> list[str]:
    """What is missing from, or too loose in, the content policy of a page."""
    policy = response.headers.get("content-security-policy", "")
    missing = [words for words in REQUIRED_POLICY if words not in policy]
    loose = [words for words in ("unsafe-", "http:", "https:", "*", "blob:") if words in policy]
    return [f"{response.url}: {words}" for words in (*missing, *loose)]
