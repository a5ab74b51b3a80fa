import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds against WCAG 2.2 AA, a contrast of 7:1 and good practice, one line for each rule and element. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .options({
      runOnly: { type: 'tag', values: rules },
      rules: { 'color-contrast-enhanced': { enabled: true } },
    })
    .setLegacyMode(true)
    .analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} (${target.join(' ')}) ${failureSummary}`),
  );
}

/** The same, of colours only: what another theme can change. */
export async function faintTexts(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withRules(['color-contrast', 'color-contrast-enhanced', 'link-in-text-block'])
    .setLegacyMode(true)
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`),
  );
}

/** Elements that reach past the right edge of a page that scrolls sideways. */
export const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`);
  });

/** What is pressed to get something done and is smaller than 48 px; a link in running text is no such thing. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wanted = 'button, summary, select, input:not([type=hidden]), textarea, nav a, a[href^="tel:"]';
    return [...document.querySelectorAll<HTMLElement>(wanted)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((element) => !element.closest('p, td, li > span'))
      .map((element) => {
        const pressed = element.matches('[type=radio], [type=checkbox]') ? element.closest('label') : element;
        const { width, height } = (pressed ?? element).getBoundingClientRect();
        return { element, width, height };
      })
      .filter(({ width, height }) => width > 1 && (width < 47.5 || height < 47.5))
      .map(
        ({ element, width, height }) =>
          `${element.tagName} "${element.textContent?.trim().slice(0, 40)}" ${Math.round(width)}x${Math.round(height)}`,
      );
  });

/** Buttons and links that look like buttons of which nothing but words is left when the system chooses the colours. */
export const edgeless = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, .nv-button, .nv-phone, input, textarea')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => !element.matches('[type=radio], [type=checkbox]'))
      .filter((element) => {
        const { borderTopStyle, borderBottomWidth, textDecorationLine } = getComputedStyle(element);
        const hasEdge = borderTopStyle !== 'none' && borderBottomWidth !== '0px';
        return !hasEdge && !textDecorationLine.includes('underline');
      })
      .map((element) => `${element.tagName} "${element.textContent?.trim().slice(0, 40)}"`),
  );

/** What runs although less motion is asked for. */
export const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 10)
      .map(({ effect }) => (effect as KeyframeEffect).target?.outerHTML.slice(0, 80) ?? ''),
  );

/** Where the focus is, and whether it can be seen there. */
export interface Stop {
  name: string;
  /** Inside the screen and not under something that is fixed to it. */
  inSight: boolean;
  /** An outline or a shadow that was not there before. */
  marked: boolean;
}

/** Walks through the page with Tab, once around or `most` steps. */
export async function tabThrough(page: Page, most = 80): Promise<Stop[]> {
  const stops: Stop[] = [];
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused);
    if (!stop) break;
    stops.push(stop);
  }
  return stops;
}

/** Runs in the page; null at its end. */
function focused(): Stop | null {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const x = Math.min(Math.max((left + right) / 2, 0), innerWidth - 1);
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const over = document.elementFromPoint(x, y);
  const isMarked = ({ outlineStyle, outlineWidth, boxShadow }: CSSStyleDeclaration) =>
    (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  return {
    name: `${element.tagName} ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}`,
    inSight:
      bottom > 0 && top < innerHeight && over !== null && (element.contains(over) || over.contains(element)),
    // A link that fills its card is marked around the card.
    marked: isMarked(getComputedStyle(element)) || isMarked(getComputedStyle(element, '::after')),
  };
}
