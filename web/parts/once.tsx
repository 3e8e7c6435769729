/** A secret that is shown once. */
interface OnceProps {
  readonly title: string;
  readonly secret: string;
  readonly onClose: () => void;
}

export function Once({ title, secret, onClose }: OnceProps) {
  return (
    <div class="notice good stack" role="status">
      <p>{title} Copy it now: it is not shown again.</p>
      <pre>{secret}</pre>
      <div>
        <button type="button" class="button small" onClick={onClose}>
          I have it
        </button>
      </div>
    </div>
  );
}
