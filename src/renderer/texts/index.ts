import { alerts } from './alerts';
import { annotations } from './annotations';
import { colouring } from './colouring';
import { demo } from './demo';
import { exports } from './export';
import { exposure } from './exposure';
import { find } from './find';
import { flows } from './flows';
import { frame } from './frame';
import { history } from './history';
import { hosts } from './hosts';
import { live } from './live';
import { map } from './map';
import { missing } from './missing';
import { notifications } from './notifications';
import { overview } from './overview';
import { packets } from './packets';
import { programs } from './programs';
import { replay } from './replay';
import { profiles, savedFilters } from './saved-filters';
import { settings } from './settings';
import { sources } from './sources';
import { ssh } from './ssh';
import { states } from './states';
import { statistics } from './statistics';
import { stream } from './stream';
import { timeSlider } from './time-slider';
import { topology } from './topology';
import { tour } from './tour';
import { values } from './values';

/** Every word of the window, by place. A translation is another object of this shape. */
export const texts = {
  annotations,
  find,
  frame,
  states,
  packets,
  colouring,
  savedFilters,
  profiles,
  flows,
  overview,
  alerts,
  hosts,
  topology,
  statistics,
  exposure,
  exports,
  settings,
  notifications,
  history,
  live,
  sources,
  ssh,
  map,
  missing,
  replay,
  programs,
  demo,
  stream,
  timeSlider,
  tour,
  values,
};
