import type { ComponentType } from 'react';

interface AnyDoor {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  readonly keys?: string;
}

/** It leads on at once. */
export interface DirectDoor extends AnyDoor {
  open(): void;
  /** Another way through it. */
  readonly other?: { readonly label: string; readonly hint: string; open(): void };
}

/** Something is chosen first, in a panel below the doors. */
export interface PanelDoor extends AnyDoor {
  readonly panel: ComponentType;
}

/** One way to packets, on the page of sources. */
export type Door = DirectDoor | PanelDoor;
