// @ts-check
/**
 * A picture before it goes up: looked at, turned, cut, and made so small that a slow network carries it. The server
 * looks at it once more by itself: nothing here is believed there.
 */
import { button, open } from './dialog.js';
import { make } from './upload-rows.js';

/** Enough to read a page of small print. */
const SIDE_MAX = 2400;
const BYTES_MAX = 800 << 10;
const QUALITIES = [0.85, 0.75, 0.65, 0.55];

/** @typedef {{x: number, y: number, w: number, h: number}} Cut in parts of the picture */

/**
 * @param {Blob} blob
 * @returns {Promise<HTMLImageElement>}
 */
function load(blob) {
  const url = URL.createObjectURL(blob);
  const image = new Image();
  return new Promise((resolve, reject) => {
    const done = () => URL.revokeObjectURL(url);
    image.onload = () => (done(), resolve(image));
    image.onerror = () => (done(), reject(new Error('no picture')));
    image.src = url;
  });
}

/**
 * @param {number} width
 * @param {number} height
 * @param {(context: CanvasRenderingContext2D) => void} draw
 */
function paint(width, height, draw) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  // A drawing may be transparent; a JPEG is not.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  draw(context);
  return canvas;
}

/** @param {HTMLImageElement} image */
function shrunk(image) {
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  const scale = Math.min(1, SIDE_MAX / Math.max(width, height));
  return paint(width * scale, height * scale, (context) => {
    context.drawImage(image, 0, 0, context.canvas.width, context.canvas.height);
  });
}

/** @param {HTMLCanvasElement} canvas */
function turned(canvas) {
  return paint(canvas.height, canvas.width, (context) => {
    context.translate(canvas.height, 0);
    context.rotate(Math.PI / 2);
    context.drawImage(canvas, 0, 0);
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Cut} cut
 */
function cropped(canvas, { x, y, w, h }) {
  const [left, top, width, height] = [x * canvas.width, y * canvas.height, w * canvas.width, h * canvas.height];
  return paint(width, height, (context) => {
    context.drawImage(canvas, left, top, width, height, 0, 0, context.canvas.width, context.canvas.height);
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} quality
 * @returns {Promise<Blob>}
 */
function jpeg(canvas, quality) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', quality);
  });
}

/** @param {HTMLCanvasElement} canvas */
async function small(canvas) {
  let blob = await jpeg(canvas, QUALITIES[0]);
  for (const quality of QUALITIES.slice(1)) {
    if (blob.size <= BYTES_MAX) return blob;
    blob = await jpeg(canvas, quality);
  }
  while (blob.size > BYTES_MAX && Math.max(canvas.width, canvas.height) > 1200) {
    const whole = canvas;
    canvas = paint(whole.width * 0.8, whole.height * 0.8, (context) => {
      context.drawImage(whole, 0, 0, context.canvas.width, context.canvas.height);
    });
    blob = await jpeg(canvas, QUALITIES[QUALITIES.length - 1]);
  }
  return blob;
}

/**
 * Asks the person whether the picture is good.
 * @param {Blob} file
 * @param {{which: string, label: string, retake?: boolean}} about
 * @returns {Promise<Blob | null>} null: it is not to be sent. Throws when it cannot be opened here.
 */
export async function edit(file, { which, label, retake }) {
  // Where pictures are not turned by what the camera noted, they would be stored lying: the server turns them.
  if (!window.CSS || !CSS.supports('image-orientation', 'from-image')) throw new Error('old browser');
  const image = await load(file);
  const fits = file.size <= BYTES_MAX && Math.max(image.naturalWidth, image.naturalHeight) <= SIDE_MAX;
  const asIs = fits && /^image\/(jpeg|png)$/.test(file.type);
  let canvas = shrunk(image);
  let changed = false;
  /** @type {ReturnType<typeof cutter> | null} */
  let cut = null;
  return open('tb-edit', '看一看：字看得清吗？四个角都在吗？', (dialog, close) => {
    const caption = make('p', 'tb-over__caption', [label, which].filter(Boolean).join(' · '));
    const stage = make('div', 'tb-edit__stage');
    const view = make('div', 'tb-edit__view');
    const buttons = make('div', 'tb-over__buttons');
    const show = () => {
      canvas.className = 'tb-edit__picture';
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', `照片，宽 ${canvas.width}，高 ${canvas.height}`);
      view.replaceChildren ? view.replaceChildren(canvas) : ((view.textContent = ''), view.appendChild(canvas));
      fit(stage, view, canvas);
    };
    const use = button('', '用这张', async () => {
      use.disabled = true;
      if (!cut && !changed && asIs) return close(file);
      try {
        close(await small(cut ? cropped(canvas, cut.rect()) : canvas));
      } catch (fault) {
        // No memory for it: the picture goes as it came.
        close(file);
      }
    });
    const trim = button('tb-button--secondary', '剪掉边上', () => {
      cut = cut ? null : cutter();
      if (cut) view.appendChild(cut.element);
      else show();
      trim.textContent = cut ? '不剪了' : '剪掉边上';
    });
    const turn = button('tb-button--secondary', '转一下', () => {
      if (cut) {
        canvas = cropped(canvas, cut.rect());
        cut = null;
        trim.textContent = '剪掉边上';
      }
      canvas = turned(canvas);
      changed = true;
      show();
    });
    const drop = button('tb-button--secondary', retake ? '重拍' : '不要这张', () => close(null));
    stage.appendChild(view);
    buttons.append(use, turn, trim, drop);
    dialog.append(caption, stage, buttons);
    show();
    const again = () => fit(stage, view, canvas);
    window.addEventListener('resize', again);
    return () => window.removeEventListener('resize', again);
  });
}

/**
 * As large as there is room.
 * @param {HTMLElement} stage
 * @param {HTMLElement} view
 * @param {HTMLCanvasElement} canvas
 */
function fit(stage, view, canvas) {
  const scale = Math.min((stage.clientWidth - 32) / canvas.width, (stage.clientHeight - 32) / canvas.height);
  view.style.width = `${Math.max(48, canvas.width * scale)}px`;
  view.style.height = `${Math.max(48, canvas.height * scale)}px`;
}

const CORNERS = /** @type {const} */ ([
  ['左上角', 0, 0],
  ['右上角', 1, 0],
  ['左下角', 0, 1],
  ['右下角', 1, 1],
]);
const LEAST = 0.1;
const STEP = 0.02;

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** The frame of what is kept, with a handle at each corner: by finger, mouse and arrow keys. */
function cutter() {
  let [left, top, right, bottom] = [0.06, 0.06, 0.94, 0.94];
  const element = make('div', 'tb-cut');
  const place = () => {
    element.style.left = `${left * 100}%`;
    element.style.top = `${top * 100}%`;
    element.style.width = `${(right - left) * 100}%`;
    element.style.height = `${(bottom - top) * 100}%`;
  };
  /** @param {number} h @param {number} v @param {number} dx @param {number} dy */
  const move = (h, v, dx, dy) => {
    if (h) right = within(right + dx, left + LEAST, 1);
    else left = within(left + dx, 0, right - LEAST);
    if (v) bottom = within(bottom + dy, top + LEAST, 1);
    else top = within(top + dy, 0, bottom - LEAST);
    place();
  };
  for (const [name, h, v] of CORNERS) {
    const handle = button(`tb-cut__handle tb-cut__handle--${h}${v}`, '', () => {});
    handle.setAttribute('aria-label', `${name}：拖动，或者按方向键移动`);
    handle.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      handle.focus({ preventScroll: true });
    });
    handle.addEventListener('pointermove', (event) => {
      const around = element.parentElement;
      if (!around || !handle.hasPointerCapture(event.pointerId)) return;
      const box = around.getBoundingClientRect();
      const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      move(h, v, x - (h ? right : left), y - (v ? bottom : top));
    });
    handle.addEventListener('keydown', (event) => {
      const steps = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
      const step = steps[/** @type {keyof typeof steps} */ (event.key)];
      if (!step) return;
      event.preventDefault();
      move(h, v, step[0], step[1]);
    });
    element.appendChild(handle);
  }
  place();
  return { element, rect: () => ({ x: left, y: top, w: right - left, h: bottom - top }) };
}
