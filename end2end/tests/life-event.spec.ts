// 一件事: several items in one form, without a question asked twice; one receipt; a case at every office.
import { desk, step } from './desk';
import { PHONE, type FormPage, fillForm } from './fill';
import { expect, settled, test } from './watch';

test.describe.configure({ timeout: 480_000 });

const DUOFU: [string, string, string] = ['210103', '210103005', '210103005024'];
const account: FormPage = {
  answers: { account_kind: 'bank', account_bank: '盛京银行', account_number: '4111111111111111', account_own: 'yes' },
};

/** A mother and her registered child: vaccinations, allowance, insurance, social card. */
const CHILD: Record<string, FormPage> = {
  applicant: {
    answers: { 'applicant.name': '李四平', 'applicant.id_number': '210112198806159026', 'applicant.phone': PHONE, filled_by: 'self' },
  },
  child: { answers: { 'child.name': '李小花', 'child.id_number': '210103202601100015', child_relation: 'mother' } },
  birth_paper: { answers: { birth_hospital: '沈阳市妇婴医院' } },
  residence: { areas: { 'residence.area': DUOFU }, answers: { 'residence.detail': '多福路1号2单元301' } },
  child_household: { areas: { child_household_area: DUOFU } },
  wj09_birth_paper: {},
  wj09_residence: {},
  wj09_vaccine: { answers: { wj09_vaccine_file: 'none' } },
  wj07_birth_paper: { answers: { wj07_born_in_china: 'yes' } },
  wj07_raising: { answers: { wj07_subsidy_agreed: 'yes', wj07_subsidy_applied: 'no' } },
  wj07_account: account,
  yb01_insured: {
    answers: { yb01_insured_as: 'child', yb01_elsewhere: 'none', yb01_insured_year: 'next', yb01_special_group: 'none' },
  },
  yb01_newborn: { answers: { yb01_birth_treated: 'no' } },
  rs19_card: { answers: { rs19_social_card_bank: '盛京银行', rs19_card_wants_digital: 'no' } },
  promise: {
    answers: { promise_true: 'yes', consent_verify: 'yes', wj07_promise_child_report: 'yes', rs19_consent_card_bank: 'yes' },
  },
  delivery: { answers: { delivery: 'electronic' } },
  materials: { files: ['file_birth_certificate', 'file_id_card', 'file_child_household_book', 'file_card', 'rs19_file_photo'] },
};

/** Retired from a firm, with one child, living in 多福社区. */
const RETIRED: Record<string, FormPage> = {
  applicant: {
    answers: { 'applicant.name': '赵秀英', 'applicant.id_number': '210103196003059026', 'applicant.phone': PHONE, filled_by: 'self' },
  },
  residence: { areas: { 'residence.area': DUOFU }, answers: { 'residence.detail': '多福路3号' } },
  retired: { answers: { retired_unit: '沈阳第一机床厂', retired_on: '2015-03-05' } },
  mz09_card_kind: { answers: { mz09_card_kind: 'first' } },
  rs22_retired: { answers: { rs22_retired_unit_now: 'running', rs22_pension_paid_where: 'shenyang' } },
  rs22_dossier: { answers: { dossier_place: 'unit', rs22_party_to_community: 'no' } },
  rs22_contact: {
    answers: { rs22_emergency_name: '赵小军', rs22_emergency_phone: PHONE, rs22_living_with: 'spouse' },
  },
  wj03_household_area: { areas: { wj03_household_area: DUOFU } },
  wj03_other_parent: { answers: { wj03_other_parent_state: 'single' } },
  wj03_only_child: {
    answers: {
      wj03_only_child_name: '赵小军',
      wj03_only_child_id: '210105201009099033',
      wj03_only_child_parent: 'mother',
      wj03_only_child_origin: 'born',
      wj03_more_children: 'no',
    },
  },
  wj03_honor: { answers: { wj03_honor_year: '2012', wj03_honor_unit: '沈阳第一机床厂' } },
  wj03_retirement: { answers: { wj03_retire_state: 'flexible', wj03_reward_got: 'no' } },
  wj03_account: account,
  wj06_residence: { answers: { wj06_lived_half_year: 'yes' } },
  wj06_wanted: { answers: { wj06_health_services: ['exam'] } },
  wj06_health: {},
  wj06_exam_time: { answers: { wj06_exam_date: '2049-05-04', wj06_exam_part: 'any' } },
  promise: { answers: { promise_true: 'yes', consent_verify: 'yes', wj03_consent_notice: 'yes' } },
  delivery: { answers: { delivery: 'hand' } },
  materials: {},
};

test('a child is born: four items in one form, one receipt, four cases', async ({ page, script, axe }) => {
  await page.goto('/');
  await page.getByRole('link', { name: /孩子出生了/ }).click();
  await page.waitForURL('**/events/newborn');
  await settled(page, script);
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(4);
  await axe();

  // Two that do not go together are told apart before anything is typed.
  await page.getByRole('checkbox', { name: '给孩子上户口' }).check();
  await page.getByRole('button', { name: '开始填表' }).click();
  await expect(page.getByText('不能一起办').first()).toBeVisible();
  await expect(page.getByText('请先给孩子上户口').first()).toBeVisible();
  await page.getByRole('checkbox', { name: '给孩子上户口' }).uncheck();
  if (script) await expect(page.getByRole('heading', { name: '选了4件，一共要这些' })).toBeVisible();
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');

  const asked = new Map<string, string>();
  let pages = 0;
  await fillForm(page, script, CHILD, async () => {
    pages += 1;
    // Every question stands on one page alone.
    for (const label of await page.locator('form .tb-field__label:not(fieldset fieldset *, fieldset .tb-field:not(fieldset) *)').allInnerTexts()) {
      const before = asked.get(label.trim());
      expect(before === undefined || before === page.url(), `${label} again on ${page.url()}`).toBe(true);
      asked.set(label.trim(), page.url());
    }
    if (pages === 8) await axe();
  });
  await expect(page.getByText('每一件由谁来办')).toBeVisible();
  await expect(page.getByText('几件事都要填的').first()).toBeVisible();
  await axe();
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL('**/bundles/210100-YJ01-**');
  await settled(page, script);

  await expect(page.getByRole('heading', { level: 1, name: '提交成功' })).toBeVisible();
  const cases = page.locator('.tb-bundle__case');
  await expect(cases).toHaveCount(4);
  await expect(page.getByRole('img', { name: '查进度的二维码' })).toBeVisible();
  const offices = await cases.locator('.tb-summary__row', { hasText: /^由谁办/ }).allInnerTexts();
  expect(new Set(offices).size).toBe(4);
  await axe();
  const number = new URL(page.url()).pathname.split('/').pop() ?? '';

  // To one of the cases, and back to the whole.
  await cases.first().getByRole('link').click();
  await page.waitForURL('**/cases/210103-**');
  await page.getByRole('link', { name: '孩子出生了' }).click();
  await page.waitForURL(`**/bundles/${number}`);
  await expect(page.getByText('4件都在办').first()).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('link', { name: '一件事：孩子出生了' })).toHaveCount(1);

  // Another browser finds it by its number and the phone.
  await page.context().clearCookies();
  await page.goto(`/bundles/${number}`);
  await expect(page.locator('.tb-bundle__case')).toHaveCount(0);
  await page.goto('/track');
  await settled(page, script);
  await page.getByLabel('办件编号').fill(number);
  await page.getByLabel('手机号后四位').fill(PHONE.slice(-4));
  await page.getByRole('button', { name: '查进度' }).click();
  await page.waitForURL(`**/bundles/${number}`);
  await expect(page.locator('.tb-bundle__case')).toHaveCount(4);
});

test('retired: four items at a window, one done at once, each office sees its own', async ({ browser, script, axe }) => {
  const window = await desk(browser, script, 'duofu-1');
  const at = window.page;
  await at.goto('/desk/start');
  await settled(at, script);
  await at.getByRole('link', { name: /要退休了、刚退休/ }).click();
  await at.waitForURL('**/desk/events/retirement');
  await settled(at, script);
  await expect(at.getByText('只有居民自己的社区（街道）能收').first()).toBeVisible();
  await axe(at);
  await at.getByRole('button', { name: '开始填表' }).click();
  await at.waitForURL('**/pages/applicant');
  await fillForm(at, script, RETIRED);
  await at.getByRole('button', { name: '提交申请' }).click();
  await at.waitForURL('**/bundles/210100-YJ03-**');
  await settled(at, script);
  const cases = at.locator('.tb-bundle__case');
  await expect(cases).toHaveCount(4);
  const numbers = (await cases.locator('.tb-summary__row', { hasText: /^办件编号/ }).allInnerTexts())
    .map((text) => text.replace('办件编号', '').trim());
  const card = numbers.find((number) => number.includes('-MZ09-')) ?? '';
  const reward = numbers.find((number) => number.includes('-WJ03-')) ?? '';

  // The queue says what they belong to; the case leads to the others that this office may see.
  await at.goto('/desk');
  await expect(at.getByText('属于一件事：要退休了、刚退休').first()).toBeVisible();
  await at.goto(`/desk/cases/${card}`);
  const whole = at.locator('.tb-summary__row', { hasText: /^属于一件事/ });
  await expect(whole.getByRole('link')).toHaveCount(3);
  await axe(at);
  await settled(at, script);
  await at.locator('input[name="complete.outcome"][value=approved]').check();
  if (!script) await at.getByRole('button', { name: '当场办结', exact: true }).click();
  await at.locator('[name="complete.certificate_number"]').fill('沈老优00002');
  await at.locator('[name="complete.from"]').fill('2026-11-24');
  await at.getByRole('button', { name: '当场办结', exact: true }).click();
  await expect(at.getByText('已完成：当场办结')).toBeVisible();
  await at.goto(`/desk/cases/${reward}`);
  await step(at, script, 'hand-over', '移交');
  await window.close();

  const elsewhere = await desk(browser, script, 'sanhaojie-1');
  const answer = await elsewhere.page.goto(`/desk/cases/${card}`);
  expect(answer?.status()).toBe(404);
  await elsewhere.close();
});
