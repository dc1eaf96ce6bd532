// 全市通办: any window receives, the competent office decides; done at once where the law lets it; sent on when it is wrong.
import { act, decide, desk, step } from './desk';
import { MZ01, MZ07, type FormPage, fillForm } from './fill';
import { expect, settled, test } from './watch';

test.describe.configure({ timeout: 480_000 });

const FAKU: [string, string, string] = ['210124', '210124001', '210124001001'];
const HEPING: [string, string, string] = ['210102', '210102019', '210102019006'];

test('registered in 法库, living in 和平, at a window of 铁西: handed over, refused with remedies, verified', async ({ page, browser, script, axe }) => {
  const window = await desk(browser, script, 'laomo-1');
  await window.page.goto('/desk/start?q=MZ01');
  await settled(window.page, script);
  await window.page.getByRole('button', { name: /^开始填写：/ }).first().click();
  await window.page.waitForURL('**/pages/applicant');
  const pages: Record<string, FormPage> = {
    ...MZ01,
    household_area: { areas: { household_area: FAKU } },
    residence: { areas: { 'residence.area': HEPING }, answers: { 'residence.detail': '三好街1号', residence_since: 'long' } },
    materials: {},
  };
  await fillForm(window.page, script, pages);
  await expect(window.page.getByText('法库县民政局').first()).toBeVisible();
  await expect(window.page.getByText('户口所在地').first()).toBeVisible();
  await window.page.getByRole('button', { name: '提交申请' }).click();
  await window.page.waitForURL('**/cases/210124-MZ01-**');
  const number = new URL(window.page.url()).pathname.split('/').pop() ?? '';
  await window.page.goto(`/desk/cases/${number}`);
  await axe(window.page);
  await step(window.page, script, 'hand-over', '移交');
  await expect(window.page.getByText('物料流转凭证')).toBeVisible();
  await window.close();

  const office = await desk(browser, script, 'faku-mz-1');
  await office.page.goto(`/desk/cases/${number}`);
  await expect(office.page.getByText('劳模社区').first()).toBeVisible();
  for (const [key, name] of [['accept', '受理'], ['review', '开始审查']]) await step(office.page, script, key, name);
  await expect(office.page.getByText('入户调查还没有记录')).toBeVisible();
  await step(office.page, script, 'visit', '记录入户调查', {
    day: '2026-01-05', visitors: '曹建军、马秀兰', findings: '家里四口人，房子自有。', agrees: 'no',
  });
  await axe(office.page);
  await decide(office.page, script, 'denied', { usual_reason: '1' });
  const head = await desk(browser, script, 'faku-mz-3');
  await head.page.goto(`/desk/cases/${number}`);
  await act(head.page, '批准');
  await head.close();

  // The office's own paper, as the resident gets it, and what anybody may check of it.
  await office.page.goto(`/desk/cases/${number}`);
  await office.page.getByRole('link', { name: '不予决定书' }).click();
  await office.page.waitForURL('**/notices/**');
  await settled(office.page, script);
  const paper = office.page.locator('.tb-paper');
  await expect(paper).toContainText('法库');
  await expect(paper).toContainText('60日内');
  await expect(paper).toContainText('行政复议');
  await expect(paper).toContainText('李四平');
  await axe(office.page);
  const code = await paper.locator('.tb-paper__check strong').innerText();
  await office.close();
  await page.goto(`/verify?code=${code}`);
  await settled(page, script);
  await expect(page.getByText('是通办开出的文书')).toBeVisible();
  await expect(page.locator('.tb-paper')).toContainText('李*平');
  await expect(page.locator('.tb-paper')).not.toContainText('李四平');
  await axe();
  await page.goto('/verify?code=AAAABBBBCCCC');
  await expect(page.getByText('没有这份文书')).toBeVisible();
});

test('a card for the old is done at once at any window', async ({ browser, script, axe }) => {
  const window = await desk(browser, script, 'laomo-1');
  const page = window.page;
  await page.goto('/desk/start?q=MZ09');
  await settled(page, script);
  await page.getByRole('button', { name: /^开始填写：/ }).first().click();
  await page.waitForURL('**/pages/applicant');
  await fillForm(page, script, {
    applicant: MZ07.applicant,
    place: {
      areas: { place_area: FAKU },
      answers: { place_basis: 'household', living_address: '沈阳市和平区三好街1号' },
    },
    card_kind: { answers: { card_kind: 'first' } },
    promise: MZ07.promise,
    delivery: { answers: { delivery: 'hand' } },
    materials: {},
  });
  await expect(page.getByText('劳模社区').first()).toBeVisible();
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL('**/cases/210106-MZ09-**');
  const number = new URL(page.url()).pathname.split('/').pop() ?? '';
  await page.goto(`/desk/cases/${number}`);
  await settled(page, script);
  await page.locator('input[name="complete.outcome"][value=approved]').check();
  if (!script) await page.getByRole('button', { name: '当场办结', exact: true }).click();
  for (const [field, value] of [['certificate_number', '沈老优00001'], ['from', '2026-11-24']]) {
    const control = page.locator(`[name="complete.${field}"]`);
    if (await control.count()) await control.fill(value);
  }
  await page.getByRole('button', { name: '当场办结', exact: true }).click();
  await expect(page.getByText('已完成：当场办结')).toBeVisible();
  await expect(page.getByText('已送达').first()).toBeVisible();
  for (const paper of ['接收回执', '受理通知书', '准予决定书', '送达回执']) {
    await expect(page.getByRole('link', { name: paper })).toBeVisible();
  }
  await axe(page);
  await window.close();
});

test('a case at the wrong office is sent on; the resident sees it, asks, is answered and rates', async ({ page, browser, script, axe }) => {
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await settled(page, script);
  await fillForm(page, script, MZ07);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL('**/cases/**');
  const number = new URL(page.url()).pathname.split('/').pop() ?? '';
  const street = await desk(browser, script, 'binhe-3');
  await street.page.goto(`/desk/cases/${number}`);
  await settled(street.page, script);
  const form = street.page.locator('form[action$="/reroute"]');
  await street.page.locator('details', { has: form }).locator('summary').click();
  await form.locator('input[name="reroute.to"][value="210103-MZ"]').check();
  await form.locator('[name="reroute.reason"]').fill('这位老人的情况要由区里看。');
  await form.getByRole('button', { name: '转办' }).click();
  await street.page.waitForURL('**/desk');
  await street.close();
  const bureau = await desk(browser, script, 'shenhe-mz-1');
  await bureau.page.goto(`/desk/cases/${number}`);
  await expect(bureau.page.getByText('这位老人的情况要由区里看').first()).toBeVisible();

  await page.goto(`/cases/${number}`);
  await settled(page, script);
  await expect(page.getByText('沈河区民政局').first()).toBeVisible();
  await expect(page.getByText('这位老人的情况要由区里看').first()).toBeVisible();
  await page.getByLabel('想问什么').fill('还要多久？');
  await page.getByRole('button', { name: '发给工作人员' }).click();
  await expect(page.locator('.tb-talk').getByText('还要多久？')).toBeVisible();

  await bureau.page.goto(`/desk/cases/${number}`);
  await settled(bureau.page, script);
  await expect(bureau.page.getByText('还要多久？')).toBeVisible();
  await bureau.page.getByLabel('回复申请人').fill('三天以内。');
  await bureau.page.getByRole('button', { name: '回复', exact: true }).click();
  await expect(bureau.page.locator('.tb-talk').getByText('三天以内。')).toBeVisible();
  for (const [key, name] of [['receive', '收件'], ['accept', '受理']]) await step(bureau.page, script, key, name);
  await bureau.close();

  await page.goto(`/cases/${number}`);
  await settled(page, script);
  await expect(page.locator('.tb-talk').getByText('三天以内。')).toBeVisible();
  const rating = page.locator('details', { hasText: '评一评：受理这一步' });
  await rating.locator('summary').click();
  // Nothing is chosen for the resident.
  await expect(rating.locator('input[type=radio]:checked')).toHaveCount(0);
  await axe();
  await rating.locator('input[name="accepted.grade"][value="2"]').check();
  await rating.getByRole('button', { name: '提交评价' }).click();
  await expect(page.getByText('您的评价：受理这一步')).toBeVisible();
  await expect(page.getByText('受理通知书')).toBeVisible();
});
