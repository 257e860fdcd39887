import type { ComponentChildren } from 'preact';

/** A part of a screen under its heading. It does not break over two pages where it fits on one. */
export function Section({
  title,
  icon,
  name,
  children,
}: {
  title: string;
  icon?: ComponentChildren;
  name?: string;
  children: ComponentChildren;
}) {
  return (
    <section class="section" data-section={name}>
      <h2>
        {icon}
        {title}
      </h2>
      {children}
    </section>
  );
}
