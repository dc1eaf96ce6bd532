// The dictionary of the keyboard: what a name needs is there, and near.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import * as data from '../../frontend/public/js/kiosk-pinyin-data.js';
import { Dictionary } from '../../frontend/public/js/kiosk-pinyin.js';

const words = new Dictionary(data);
const place = (typed: string, kind: 'text' | 'surname' | 'given', wanted: string) =>
  words.candidates(typed, kind).findIndex(({ text }) => text === wanted);
/** Candidates that are seen without turning a page. */
const SEEN = 16;

test('usual surnames and names are seen at once, also in their own readings', () => {
  const surnames = [...data.SURNAMES].slice(0, 300);
  const far = surnames.filter((surname) => {
    const spelled = [...words.syllables].filter(([, all]) => all.includes(surname)).map(([syllable]) => syllable);
    return !spelled.some((syllable) => place(syllable, 'surname', surname) < SEEN);
  });
  expect(far).toEqual([]);
  for (const [typed, surname] of [['shan', '单'], ['zeng', '曾'], ['qiu', '仇'], ['xie', '解'], ['piao', '朴'], ['ouyang', '欧阳'], ['yuchi', '尉迟'], ['moqi', '万俟']]) {
    expect(place(typed, 'surname', surname), surname).toBeLessThan(SEEN);
  }
  for (const [typed, given] of [['gui', '桂'], ['lan', '兰'], ['ying', '英'], ['qiang', '强'], ['xiao', '小'], ['shu', '淑']]) {
    expect(place(typed, 'given', given), given).toBeLessThan(SEEN);
  }
});

test('rare characters of names are there, and every character of the main block', () => {
  for (const [typed, rare] of [['yan', '䶮'], ['yan', '龑'], ['kun', '堃'], ['zhe', '喆'], ['jie', '㛃'], ['hong', '𬭎'], ['lv', '吕'], ['yi', '祎']]) {
    expect(place(typed, 'given', rare), rare).toBeGreaterThanOrEqual(0);
  }
  const known = new Set([...words.syllables.values()].flat());
  const main = Array.from({ length: 0x9fa6 - 0x4e00 }, (_, index) => String.fromCodePoint(0x4e00 + index));
  expect(main.filter((character) => !known.has(character)).length).toBeLessThan(150); // some have no reading
});

test('words of the city come whole, from syllables and first letters, and a mistaken z, c or s leads on', () => {
  for (const [typed, word] of [['shenyang', '沈阳'], ['danyuan', '单元'], ['shengjing', '盛京'], ['duofulu', '多福路'], ['shequ', '社区'], ['yinhang', '银行'], ['duofu', '多福']]) {
    expect(place(typed, 'text', word), word).toBeLessThan(4);
  }
  expect(place('sy', 'text', '所以')).toBeGreaterThanOrEqual(0);
  expect(place('san', 'text', '山')).toBeGreaterThan(place('san', 'text', '三'));
  expect(words.candidates('shenyangshi', 'text')[0]).toEqual({ text: '沈阳市', used: 11 });
});

test('it is small enough to be waited for', () => {
  const file = readFileSync(join(__dirname, '../../frontend/public/js/kiosk-pinyin-data.js'));
  expect(brotliCompressSync(file).length).toBeLessThan(150_000);
});
