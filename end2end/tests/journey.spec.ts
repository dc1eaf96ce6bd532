// The whole job, from a phone to a decision, without JavaScript and with it.
import { MZ01, MZ07, PHONE, arrived, fillForm, fillPage, idOf, next, png } from './fill';
import { act, decide, desk, show } from './desk';
import { expect, settled, test, watched } from './watch';

test.describe.configure({ timeout: 480_000 });

test('find, check, fill in MZ07, submit, correct, decide, see the result', async ({ page, browser, script, axe }) => {
  await page.goto('/');
  await settled(page, script);
  await axe();
  await page.getByRole('searchbox').first().fill('gaoling');
  await page.getByRole('button', { name: '搜索' }).first().click();
  await page.getByRole('link', { name: /80岁以上老人领津贴/ }).first().click();
  await expect(page.locator('h1')).toHaveText('80岁以上老人领津贴');
  await axe();

  await page.getByRole('link', { name: '先看看您能不能办' }).first().click();
  await fillPage(page, script, { answers: { household: 'yes', age: 'yes', already: 'no' } });
  await axe();
  await page.locator('form').filter({ has: page.locator('[name=household]') }).getByRole('button').last().click();
  await expect(page.getByText('看来您可以办')).toBeVisible();
  await page.getByRole('link', { name: '开始办理' }).first().click();
  await axe();
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await settled(page, script);
  await fillForm(page, script, MZ07, axe);
  await expect(page.getByText('滨河街道办事处')).toBeVisible();
  await expect(page.getByText('210103194001019013（男，86岁）')).toBeVisible();
  await axe();
  await page.getByRole('button', { name: '提交申请' }).click();

  await page.waitForURL('**/cases/**');
  await expect(page.getByRole('heading', { name: '提交成功' })).toBeVisible();
  await axe();
  const number = new URL(page.url()).pathname.split('/').pop() ?? '';
  expect(number).toMatch(/^210103-MZ07-\d{8}-\d{5}-[0-9A-Z]$/);
  const receipt = await page.locator('.tb-receipt').innerText();
  expect(receipt).not.toContain('210103194001019013');
  expect(receipt).not.toContain(PHONE);

  const worker = await desk(browser, script, 'binhe-3');
  await axe(worker.page);
  await worker.page.goto(`/desk/cases/${number}`);
  await settled(worker.page, script);
  await axe(worker.page);
  await act(worker.page, '收件');
  await act(worker.page, '要求补正', async () => {
    await worker.page.locator('input[name="ask-correction.field"][value=account_number]').check();
    await worker.page.locator('input[name="ask-correction.field"][value=file_card]').check();
    const form = worker.page.locator('details', { hasText: '要求补正' });
    await form.locator('summary').click();
    await form.locator('textarea').fill('卡号和照片对不上，请重新填卡号、重新拍照。');
  });

  // With script the page follows by itself.
  await page.goto(`/cases/${number}`);
  await settled(page, script);
  await expect(page.getByText('卡号和照片对不上').first()).toBeVisible();
  await axe();
  await page.getByRole('button', { name: '去补正' }).click();
  await page.waitForURL('**/pages/account');
  await expect(page.locator('[name=account_own]')).toHaveCount(0);
  await settled(page, script);
  await fillForm(page, script, {
    account: { answers: { account_number: '5555555555554444' } },
    materials: { files: ['file_card'] },
  });
  await page.getByRole('button', { name: '提交补正' }).click();
  await page.waitForURL(`**/cases/${number}**`);
  await expect(page.locator('#events-title')).toBeVisible();

  await worker.page.goto(`/desk/cases/${number}`);
  // The card is masked until somebody says why it is needed.
  await expect(worker.page.getByText('************4444')).toBeVisible();
  expect(await worker.page.content()).not.toContain('5555555555554444');
  await show(worker.page, script, 'account');
  await expect(worker.page.getByText('5555555555554444')).toBeVisible();
  await axe(worker.page);
  for (const name of ['受理', '开始审查']) await act(worker.page, name);
  if (script) await expect(page.getByText('正在审查').first()).toBeVisible({ timeout: 15_000 });
  await decide(worker.page, script, 'approved', { amount: '200', from: '2026-12-01', reason: '符合条件，从下个月起发放。' });
  // Nobody else had a hand in it: the head looks at it too.
  await expect(worker.page.getByText('等负责人批准')).toBeVisible();
  const second = await desk(browser, script, 'binhe-4');
  await second.page.goto(`/desk/cases/${number}`);
  await act(second.page, '批准');
  await second.close();
  await worker.page.goto(`/desk/cases/${number}`);
  // Wanted on the phone: it is delivered with the closing.
  await act(worker.page, '办结');
  await expect(worker.page.getByText('已送达').first()).toBeVisible();
  await axe(worker.page);
  await worker.close();

  // From another phone: number and the last four digits.
  const other = await browser.newContext({ baseURL: process.env.TONGBAN_URL, javaScriptEnabled: script });
  const tracking = watched(await other.newPage());
  await tracking.goto('/track');
  await axe(tracking);
  await tracking.getByLabel('办件编号').fill(number.toLowerCase().replaceAll('-', ' '));
  await tracking.getByLabel('手机号后四位').fill(PHONE.slice(-4));
  await tracking.getByRole('button', { name: '查进度' }).click();
  await tracking.waitForURL(`**/cases/${number}`);
  await expect(tracking.getByText('符合条件，从下个月起发放').first()).toBeVisible();
  await other.close();
});

test('MZ01 with three members: incomes and property add up, a correction of one member, a refusal', async ({ page, browser, script, axe }) => {
  await page.goto('/items/MZ01/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await settled(page, script);
  await fillForm(page, script, MZ01, axe);
  await axe();
  // 1,000 + 200.50 of the applicant, 0 + 500 + 99.50 of the members: 1,800 for four people.
  await expect(page.getByText('1,800 元', { exact: true })).toBeVisible();
  await expect(page.getByText('450 元', { exact: true })).toBeVisible();
  await expect(page.getByText('2,100 元', { exact: true })).toBeVisible();
  await expect(page.getByText('沈河区民政局')).toBeVisible();
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL('**/cases/210103-MZ01-**');
  const number = new URL(page.url()).pathname.split('/').pop() ?? '';

  const worker = await desk(browser, script, 'shenhe-mz-1');
  await worker.page.goto(`/desk/cases/${number}`);
  await settled(worker.page, script);
  await expect(worker.page.getByText('已遮住').first()).toBeVisible();
  expect(await worker.page.content()).not.toContain('1,800 元');
  await act(worker.page, '收件');
  await act(worker.page, '要求补正', async () => {
    await worker.page.locator('input[name="ask-correction.field"][value="members.1.wage"]').check();
    const form = worker.page.locator('details', { hasText: '要求补正' });
    await form.locator('summary').click();
    await form.locator('textarea').fill('请核对李国强的工资。');
  });
  await page.goto(`/cases/${number}`);
  await settled(page, script);
  await page.getByRole('button', { name: '去补正' }).click();
  await page.waitForURL('**/pages/members');
  await settled(page, script);
  await expect(page.locator('[name="members.0.member.name"]')).toHaveValue('李小花');
  await fillForm(page, script, { members: { answers: { 'members.1.wage': '2500' } } });
  await page.getByRole('button', { name: '提交补正' }).click();
  await page.waitForURL(`**/cases/${number}**`);
  await expect(page.locator('#events-title')).toBeVisible();

  await worker.page.goto(`/desk/cases/${number}`);
  for (const name of ['受理', '开始审查']) await act(worker.page, name);
  // Who reviews weighs the amounts. 500 became 2,500: 3,800 for four people.
  await expect(worker.page.getByText('950 元', { exact: true })).toBeVisible();
  await decide(worker.page, script, 'denied', { reason: '人均收入高于标准。' });
  await expect(worker.page.getByText('等负责人批准')).toBeVisible();
  const head = await desk(browser, script, 'shenhe-mz-3');
  await head.page.goto(`/desk/cases/${number}`);
  await act(head.page, '批准');
  await head.close();
  await worker.page.goto(`/desk/cases/${number}`);
  await act(worker.page, '办结');
  await worker.close();
  await page.goto(`/cases/${number}`);
  await expect(page.getByText('人均收入高于标准').first()).toBeVisible();
  await expect(page.getByText('没有批准').first()).toBeVisible();
  await axe();
});

test('errors on every page keep what was typed and say what to do', async ({ page, script, axe }) => {
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await settled(page, script);
  for (const key of ['applicant', 'household_area', 'received', 'residence', 'account', 'promise', 'consents', 'delivery', 'materials']) {
    expect(page.url()).toContain(`/pages/${key}`);
    await arrived(page);
    if (key === 'applicant') {
      await fillPage(page, script, { answers: { 'applicant.name': '<b>张\u{202E}三</b>', 'applicant.id_number': '12345' } });
    }
    await next(page);
    await expect(page.locator('#error-summary')).toBeVisible();
    await axe();
    const link = page.locator('#error-summary a').first();
    const target = await link.getAttribute('href');
    await expect(page.locator(target ?? 'missing')).toHaveCount(1);
    if (key === 'applicant') {
      await expect(page.locator(idOf('applicant.id_number'))).toHaveValue('12345');
      await expect(page.locator(idOf('applicant.name'))).toHaveValue('<b>张三</b>');
      await page.reload();
      await settled(page, script);
      await expect(page.locator(idOf('applicant.id_number'))).toHaveValue('12345');
    }
    await fillPage(page, script, MZ07[key]);
    await next(page);
    await page.waitForURL((url) => !url.pathname.endsWith(`/pages/${key}`));
  }
  await expect(page.getByText('<b>张三</b>')).toHaveCount(0);
});

test('a file that is no picture is refused with what to do', async ({ page, script }) => {
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  const draft = page.url().split('/pages/')[0];
  await page.goto(`${draft}/pages/materials`);
  await settled(page, script);
  await page.locator(idOf('file_card')).setInputFiles({ name: '卡.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>') });
  if (!script) await page.locator('.tb-material', { has: page.locator(idOf('file_card')) }).getByRole('button', { name: '上传' }).click();
  await expect(page.getByText('不是照片也不是 PDF').first()).toBeVisible();
  if (script) {
    await page.locator(idOf('file_card')).setInputFiles([png('一.png'), png('二.png')]);
    await expect(page.getByText('二.jpg')).toBeVisible();
    await page.getByRole('button', { name: '删除 一.jpg' }).click();
    await expect(page.getByText('一.jpg')).toHaveCount(0);
  }
});

test('Back, resume on another device, and a submission sent twice', async ({ page, browser, script, axe }) => {
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await settled(page, script);
  await fillPage(page, script, MZ07.applicant);
  await next(page);
  await page.waitForURL('**/pages/household_area');
  await page.goBack();
  await expect(page.locator(idOf('applicant.name'))).toHaveValue('张小三');
  await page.getByRole('button', { name: '换个手机接着填' }).click();
  await page.waitForURL('**/resume');
  await axe();
  const code = await page.locator('.tb-code').first().innerText();

  const context = await browser.newContext({ baseURL: process.env.TONGBAN_URL, javaScriptEnabled: script, viewport: { width: 390, height: 844 } });
  const other = watched(await context.newPage());
  await other.goto('/resume');
  await settled(other, script);
  await other.locator('[name=code]').fill(`${code.toLowerCase()} `);
  await other.getByRole('button', { name: /继续填写|接着填/ }).click();
  await other.waitForURL('**/pages/**');
  await settled(other, script);
  await fillForm(other, script, MZ07);
  const review = other.url();
  const second = watched(await context.newPage());
  await second.goto(review);
  await settled(second, script);
  await other.getByRole('button', { name: '提交申请' }).dblclick();
  await other.waitForURL('**/cases/**');
  await second.getByRole('button', { name: '提交申请' }).click();
  await second.waitForURL('**/cases/**');
  const number = (url: string) => new URL(url).pathname;
  expect(number(second.url())).toBe(number(other.url()));
  await context.close();
});
