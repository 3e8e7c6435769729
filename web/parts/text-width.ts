/** How wide a text is drawn, before it is. */

let canvas: CanvasRenderingContext2D | null | undefined;

/**
 * Pixels that a text takes in the page's own family of letters.
 * @param rem height of the letters, in rem
 */
export function textWidth(text: string, rem: number): number {
  const size = rem * parseFloat(getComputedStyle(document.documentElement).fontSize);
  canvas ??= document.createElement('canvas').getContext('2d');
  // Where nothing can be measured, letters are taken to be wide.
  if (!canvas) return text.length * size;
  canvas.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return canvas.measureText(text).width;
}
