/** Postcodes and ranges of hours: `311 00`, `21–07`, `22.00–22.15`. */
const whole = /(?<!\d)(\d{3} \d{2}(?= \p{L}|$)|\d{1,2}(?:\.\d{2})?–\d{1,2}(?:\.\d{2})?)(?!\d)/u;

/** Text in which nothing that is read as one word is broken over two lines. */
export const Unbroken = ({ children }: { readonly children: string }) =>
  // What matches is every second part.
  children.split(whole).map((part, index) =>
    index % 2 === 1 ? (
      <span key={index} class="nv-number">
        {part}
      </span>
    ) : (
      part
    ),
  );
