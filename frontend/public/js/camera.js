// @ts-check
/**
 * The camera with a frame to aim at, in the shape of the paper. What is photographed is looked at like a picture that was
 * chosen. The camera is off whenever the window is not there.
 */
import { button, open } from './dialog.js';
import { edit } from './picture.js';
import { make } from './upload-rows.js';

/** @typedef {import('./upload-rows.js').Place} Place */

/** Width by height of the paper. */
const SHAPES = { id_card: 85.6 / 54, booklet: 143 / 105, page: 210 / 297 };
/** Around the frame, in parts of it: a paper that lies a little outside is still whole. */
const MARGIN = 0.06;
const SIDES = ['正面：有照片的一面', '反面：有国徽的一面'];

/** There is no camera for us. */
class NoCamera extends Error {}

/**
 * @param {Place} place
 * @param {(blob: Blob, name: string) => void} use
 * @param {() => void} choose
 */
export async function aim(place, use, choose) {
  const sides = place.frame === 'id_card' ? SIDES.slice(0, place.left) : [''];
  for (const side of sides) {
    const name = `${place.label.slice(0, 20)}${side.slice(0, 2)}.jpg`;
    for (;;) {
      const shot = await shoot(place, side, choose);
      if (!shot) return;
      const good = await edit(shot, { which: side, label: place.label, retake: true });
      if (good) {
        use(good, name);
        break;
      }
    }
  }
}

/** @returns {Promise<MediaStream>} */
async function stream() {
  const video = { facingMode: { ideal: 'environment' }, width: { ideal: 2560 }, height: { ideal: 1440 } };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (fault) {
    throw new NoCamera();
  }
}

/** @param {MediaStream} media */
const stop = (media) => media.getTracks().forEach((track) => track.stop());

/**
 * @param {Place} place
 * @param {string} side
 * @param {() => void} choose
 * @returns {Promise<Blob | null>}
 */
function shoot(place, side, choose) {
  return open('tb-aim', side || `对准“${place.label}”`, (dialog, close) => {
    const hint = make('p', 'tb-over__caption', '正在打开相机…');
    const stage = make('div', 'tb-aim__stage');
    const video = document.createElement('video');
    video.className = 'tb-aim__video';
    video.muted = true;
    video.setAttribute('playsinline', '');
    const frame = make('div', 'tb-aim__frame');
    const buttons = make('div', 'tb-over__buttons');
    const shutter = button('tb-aim__shutter', '拍照', async () => {
      shutter.disabled = true;
      close(await take(video, stage, frame));
    });
    shutter.disabled = true;
    const other = button('tb-button--secondary', '改用选照片', () => (close(null), choose()));
    buttons.append(shutter, other, button('tb-button--secondary', '不拍了', () => close(null)));
    stage.append(video, frame);
    dialog.append(hint, stage, buttons);
    hint.setAttribute('aria-live', 'polite');
    const resize = () => outline(stage, frame, place.frame);
    /** @type {MediaStream | undefined} */
    let media;
    let gone = false;
    const hide = () => document.hidden && close(null);
    window.addEventListener('resize', resize);
    document.addEventListener('visibilitychange', hide);
    resize();
    stream().then(
      async (given) => {
        // Closed while the person was asked whether the camera may be used.
        if (gone) return stop(given);
        media = given;
        video.srcObject = given;
        await video.play();
        hint.textContent = '把证件放进框里，四个角都露出来，别反光，然后按“拍照”。';
        shutter.disabled = false;
        shutter.focus({ preventScroll: true });
        light(given, buttons, other);
      },
      () => {
        hint.textContent = '相机没有打开：可能没有允许使用相机。请按“改用选照片”，可以用手机自己的相机拍。';
      },
    );
    return () => {
      gone = true;
      window.removeEventListener('resize', resize);
      document.removeEventListener('visibilitychange', hide);
      video.srcObject = null;
      if (media) stop(media);
    };
  });
}

/**
 * The frame, as large as there is room. A page of A4 is upright; in an upright window a card lies across it.
 * @param {HTMLElement} stage
 * @param {HTMLElement} frame
 * @param {string} shape
 */
function outline(stage, frame, shape) {
  const ratio = SHAPES[/** @type {keyof typeof SHAPES} */ (shape)] || SHAPES.page;
  const width = Math.min(stage.clientWidth * 0.88, stage.clientHeight * 0.88 * ratio);
  frame.style.width = `${width}px`;
  frame.style.height = `${width / ratio}px`;
}

/**
 * The part of the film that is in the frame: the film covers the stage.
 * @param {HTMLVideoElement} video
 * @param {HTMLElement} stage
 * @param {HTMLElement} frame
 * @returns {Promise<Blob | null>}
 */
function take(video, stage, frame) {
  const [outer, inner] = [stage.getBoundingClientRect(), frame.getBoundingClientRect()];
  const scale = Math.max(outer.width / video.videoWidth, outer.height / video.videoHeight);
  const [left, top] = [(outer.width - video.videoWidth * scale) / 2, (outer.height - video.videoHeight * scale) / 2];
  const [dx, dy] = [inner.width * MARGIN, inner.height * MARGIN];
  const x = Math.max(0, (inner.left - outer.left - dx - left) / scale);
  const y = Math.max(0, (inner.top - outer.top - dy - top) / scale);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(Math.min(video.videoWidth - x, (inner.width + 2 * dx) / scale));
  canvas.height = Math.round(Math.min(video.videoHeight - y, (inner.height + 2 * dy) / scale));
  const context = canvas.getContext('2d');
  if (context) context.drawImage(video, x, y, canvas.width, canvas.height, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
}

/**
 * @param {MediaStream} media
 * @param {HTMLElement} buttons
 * @param {HTMLElement} before
 */
function light(media, buttons, before) {
  const track = /** @type {any} */ (media.getVideoTracks()[0]);
  const can = track && track.getCapabilities ? track.getCapabilities() : {};
  if (!can.torch) return;
  let on = false;
  const lamp = button('tb-button--secondary', '开灯', () => {
    on = !on;
    track.applyConstraints({ advanced: [{ torch: on }] }).catch(() => {});
    lamp.textContent = on ? '关灯' : '开灯';
  });
  buttons.insertBefore(lamp, before);
}
