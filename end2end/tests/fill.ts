// Fills forms as a person would, with and without script: controls are found by the path that is their name.
import { type Page, expect } from '@playwright/test';

export type Answers = Record<string, string | string[]>;
export interface FormPage {
  answers?: Answers;
  /** So many of a group are added before anything is filled in. */
  add?: Record<string, number>;
  /** District, street and community, by path. */
  areas?: Record<string, [string, string, string]>;
  /** A file for each of these material paths. */
  files?: string[];
}

const DUOFU: [string, string, string] = ['210103', '210103005', '210103005024'];
/** Luhn and GB 11643 are right; the people are made up. */
export const PHONE = '13800138000';
const CARD = '4111111111111111';

export const png = (name: string) => ({
  name,
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
});

const applicant = (name: string, id: string): FormPage => ({
  answers: { 'applicant.name': name, 'applicant.id_number': id, 'applicant.phone': PHONE, filled_by: 'self' },
});
const account: FormPage = {
  answers: { account_kind: 'bank', account_bank: '盛京银行', account_number: CARD, account_own: 'yes' },
};

export const MZ07: Record<string, FormPage> = {
  applicant: applicant('张小三', '210103194001019013'),
  household_area: { areas: { household_area: DUOFU } },
  received: { answers: { received_elsewhere: 'no' } },
  residence: { areas: { 'residence.area': DUOFU }, answers: { 'residence.detail': '多福路1号2单元301' } },
  account,
  promise: { answers: { promise_true: 'yes', consent_verify: 'yes' } },
  consents: { answers: { consent_finance: 'yes' } },
  delivery: { answers: { delivery: 'electronic' } },
  materials: { files: ['file_id_card', 'file_household_book', 'file_card'] },
};

const member = (index: number, name: string, id: string, relation: string, income: string): Answers => {
  const at = (key: string) => `members.${index}.${key}`;
  return {
    [at('member.name')]: name,
    [at('member.id_number')]: id,
    [at('relation')]: relation,
    [at('same_register')]: 'yes',
    [at('marital')]: 'single',
    [at('work')]: 'unemployed',
    [at('health')]: 'good',
    [at('disabled')]: 'no',
    [at('wage')]: income,
    [at('trade')]: '0',
    [at('interest')]: '0',
    [at('transfer')]: '0',
  };
};

export const MZ01: Record<string, FormPage> = {
  applicant: applicant('李四平', '210112198806159026'),
  apply_as: { answers: { apply_as: 'family' } },
  household_area: { areas: { household_area: DUOFU } },
  residence: {
    areas: { 'residence.area': DUOFU },
    answers: { 'residence.detail': '多福路3号', residence_since: 'long' },
  },
  own: {
    answers: {
      self_marital: 'divorced',
      self_work: 'unemployed',
      self_health: 'good',
      self_disabled: 'no',
      self_wage: '1000',
      self_trade: '0',
      self_interest: '0',
      self_transfer: '200.50',
    },
  },
  members: {
    add: { members: 3 },
    answers: {
      ...member(0, '李小花', '210105201009099033', 'child', '0'),
      ...member(1, '李国强', '210181196312249041', 'parent', '500'),
      ...member(2, '王桂兰', '210103195001019018', 'parent', '99.50'),
    },
  },
  supporters: {},
  sums: {},
  houses: { answers: { living_kind: 'own' } },
  vehicles: {},
  savings: {
    answers: {
      savings_cash: '100',
      savings_bank: '2,000',
      savings_securities: '0',
      savings_insurance: '0',
      savings_lent: '0',
      savings_other: '0',
      debts: '0',
    },
  },
  spending: { answers: { cost_medical: '3000', cost_education: '500', cost_care: '0', cost_accident: '0' } },
  reason: { answers: { reason: ['illness', 'jobless'], reason_text: '失业在家，老人看病花钱多。' } },
  aid: { answers: { aid_received: 'no' } },
  staff_relatives: { answers: { staff_relative: 'no' } },
  economic_check: { answers: { consent_means: 'yes', consent_family: 'yes' } },
  visit: { answers: { visit_time: ['morning'] } },
  account,
  promise: {
    answers: { promise_true: 'yes', consent_verify: 'yes', promise_report: 'yes', consent_notice: 'yes' },
  },
  delivery: { answers: { delivery: 'hand' } },
  materials: { files: ['file_id_cards', 'file_household_book'] },
};

export const pageKey = (page: Page) => new URL(page.url()).pathname.split('/').pop() ?? '';
export const idOf = (path: string) => `#f-${path.replaceAll('.', '-')}`;

/** Gives one control its value, whatever kind it is. */
export async function answer(page: Page, path: string, value: string | string[]) {
  // A page may come with some delay, and `count` does not wait.
  await page.locator(`[name="${path}"]`).first().waitFor({ state: 'attached' });
  for (const text of Array.isArray(value) ? value : [value]) {
    const chosen = page.locator(`input[name="${path}"][value="${text}"]:is([type=radio],[type=checkbox])`);
    if (await chosen.count()) {
      await chosen.check();
      continue;
    }
    const control = page.locator(`[name="${path}"]:not([type=hidden])`).first();
    const tag = await control.evaluate((node) => node.tagName);
    if (tag === 'SELECT') await control.selectOption(text);
    else await control.fill(text);
  }
}

async function chooseArea(page: Page, script: boolean, path: string, codes: [string, string, string]) {
  const selects = [idOf(path), `${idOf(path)}-street`, `${idOf(path)}-community`];
  for (const [level, code] of codes.entries()) {
    const select = page.locator(selects[level]);
    await expect(select.locator(`option[value="${code}"]`)).toHaveCount(1);
    await select.selectOption(code);
    if (!script && level < 2) await page.getByRole('button', { name: '更新' }).first().click();
  }
}

async function upload(page: Page, script: boolean, path: string) {
  await page.locator(idOf(path)).setInputFiles(png(`${path}.png`));
  const section = page.locator('.tb-material', { has: page.locator(idOf(path)) });
  if (!script) await section.getByRole('button', { name: '上传', exact: true }).click();
  await expect(section.getByText(`${path}.jpg`)).toBeVisible();
}

export async function fillPage(page: Page, script: boolean, form: FormPage) {
  for (const [group, count] of Object.entries(form.add ?? {})) {
    for (let index = await page.locator(`[id^="group-${group}-"]`).count(); index < count; index++) {
      await page.locator(`button[value="add:${group}"]`).click();
      await expect(page.locator(`#group-${group}-${index}`)).toBeVisible();
    }
  }
  for (const [path, codes] of Object.entries(form.areas ?? {})) await chooseArea(page, script, path, codes);
  for (const [path, value] of Object.entries(form.answers ?? {})) await answer(page, path, value);
  for (const path of form.files ?? []) await upload(page, script, path);
}

/** The page of the address stands: with script the address changes first. */
export async function arrived(page: Page) {
  const key = pageKey(page);
  const sign = key === 'review' ? 'form[action$="/submit"]' : `form[action$="/pages/${key}"]`;
  await expect(page.locator(sign)).toHaveCount(1);
  await expect(page.locator('form[aria-busy]')).toHaveCount(0);
}

export async function next(page: Page) {
  await page.getByRole('button', { name: '下一步' }).last().click();
}

/** Every consent that the page asks for. */
async function allConsents(page: Page): Promise<FormPage> {
  // In a life event one item's alone is called by its item: `wj06_consent_health`.
  const boxes = page.locator('form[action$="/pages/consents"] input[type=checkbox]');
  const names = await boxes.evaluateAll((list) => list.map((box) => box.getAttribute('name') ?? ''));
  return { answers: Object.fromEntries(names.map((name) => [name, 'yes'])) };
}

/** Fills page after page until "check your answers". */
export async function fillForm(page: Page, script: boolean, pages: Record<string, FormPage>, visit?: () => Promise<void>) {
  for (let step = 0; step < 40; step++) {
    await arrived(page);
    const key = pageKey(page);
    if (key === 'review') return;
    const form = pages[key] ?? (key === 'consents' ? await allConsents(page) : undefined);
    if (!form) throw new Error(`no answers for page ${key}`);
    await visit?.();
    await fillPage(page, script, form);
    await next(page);
    await page.waitForURL((url) => !url.pathname.endsWith(`/pages/${key}`), { timeout: 15_000 });
  }
  throw new Error('the form does not end');
}
