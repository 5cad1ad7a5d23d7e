import type { ReactNode } from 'react';
import { endComment, useAnnotations } from '../../stores/annotations';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { formatCount } from '../../widgets/format/numbers';
import { ProfileList } from '../profiles/ProfileList';
import { SavedFilterList } from '../saved-filters/SavedFilterList';
import { SaveFilter } from '../saved-filters/SaveFilter';
import { TourDialog } from '../tour/TourDialog';
import { CommentForm } from './CommentForm';
import { closeDialog, useDialog } from './dialog-store';
import { GoToPacket } from './GoToPacket';
import { Keys } from './Keys';
import { Warnings } from './Warnings';

/** The dialogs of the frame, of which one may be open. */
export function Dialogs() {
  const open = useDialog((state) => state.open);
  return (
    <>
      <Frame name="warnings" title={texts.frame.status.warningsTitle} size={640} open={open}>
        <Warnings />
      </Frame>
      <Frame name="keys" title={texts.frame.keys.title} size={1080} open={open}>
        <Keys />
      </Frame>
      <Frame name="tour" title={texts.tour.title} size={760} open={open}>
        <TourDialog />
      </Frame>
      <Frame name="go-to" title={texts.packets.goTo.title} size={340} open={open}>
        <GoToPacket />
      </Frame>
      <CommentDialog />
      <Frame name="save-filter" title={texts.savedFilters.form.title} size={460} open={open}>
        <SaveFilter />
      </Frame>
      <Frame name="saved-filters" title={texts.savedFilters.list.title} size={760} open={open}>
        <SavedFilterList />
      </Frame>
      <Frame name="profiles" title={texts.profiles.title} size={680} open={open}>
        <ProfileList />
      </Frame>
    </>
  );
}

function CommentDialog() {
  const packet = useAnnotations((state) => state.commenting);
  const title = texts.annotations.dialog.title(packet === null ? '' : formatCount(packet + 1));
  return (
    <Dialog title={title} size={480} opened={packet !== null} onClose={endComment}>
      {packet !== null && <CommentForm key={packet} packet={packet} />}
    </Dialog>
  );
}

interface FrameProps {
  readonly name: string;
  readonly title: string;
  readonly size: number;
  readonly open: string | null;
  readonly children: ReactNode;
}

function Frame({ name, title, size, open, children }: FrameProps) {
  return (
    <Dialog title={title} size={size} opened={open === name} onClose={closeDialog}>
      {children}
    </Dialog>
  );
}
