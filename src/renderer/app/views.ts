import {
  IconArrowsExchange,
  IconBinaryTree2,
  IconChartHistogram,
  IconDoor,
  IconFlag,
  IconHistory,
  IconListDetails,
  IconServer2,
  IconTable,
  IconWorld,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { texts } from '../texts';
import { AlertsView } from '../views/alerts/AlertsView';
import { ExposureView } from '../views/exposure/ExposureView';
import { prepareExposure } from '../views/exposure/prepare';
import { FlowsView } from '../views/flows/FlowsView';
import { prepareFlows } from '../views/flows/prepare';
import { HostsView } from '../views/hosts/HostsView';
import { prepareHosts } from '../views/hosts/prepare';
import { MapView } from '../views/map/MapView';
import { prepareMap } from '../views/map/useWorld';
import { prepareOverview } from '../views/overview/asked';
import { OverviewView } from '../views/overview/OverviewView';
import { PacketsView } from '../views/packets/PacketsView';
import { StatisticsView } from '../views/statistics/StatisticsView';
import { preparePacketSums } from '../views/statistics/usePacketSums';
import { TopologyView } from '../views/topology/TopologyView';
import { prepareTopology } from '../views/topology/useTopology';
import { HistoryPage } from './HistoryPage';

export interface ViewEntry {
  readonly id: string;
  readonly title: string;
  readonly icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  /** Digit that shows it. */
  readonly key: string;
  readonly component: ComponentType;
  /** It shows what is selected in it itself: the inspector gives it the room. */
  readonly hasOwnDetails?: boolean;
  /** Has what it shows counted before somebody looks. */
  prepare?(): Promise<unknown>;
}

const { viewNames } = texts.frame;

/** The views that exist, in the order of the rail. */
export const VIEWS: readonly ViewEntry[] = [
  { id: 'overview', title: viewNames.overview, icon: IconChartHistogram, key: '1', component: OverviewView, prepare: prepareOverview },
  { id: 'packets', title: viewNames.packets, icon: IconListDetails, key: '2', component: PacketsView },
  { id: 'flows', title: viewNames.flows, icon: IconArrowsExchange, key: '3', component: FlowsView, prepare: prepareFlows },
  { id: 'alerts', title: viewNames.alerts, icon: IconFlag, key: '4', component: AlertsView, hasOwnDetails: true },
  { id: 'hosts', title: viewNames.hosts, icon: IconServer2, key: '5', component: HostsView, hasOwnDetails: true, prepare: prepareHosts },
  { id: 'history', title: viewNames.history, icon: IconHistory, key: '6', component: HistoryPage, hasOwnDetails: true },
  { id: 'map', title: viewNames.map, icon: IconWorld, key: '7', component: MapView, hasOwnDetails: true, prepare: prepareMap },
  {
    id: 'topology',
    title: texts.topology.view,
    icon: IconBinaryTree2,
    key: '8',
    component: TopologyView,
    hasOwnDetails: true,
    prepare: prepareTopology,
  },
  {
    id: 'statistics',
    title: texts.statistics.view,
    icon: IconTable,
    key: '9',
    component: StatisticsView,
    hasOwnDetails: true,
    prepare: preparePacketSums,
  },
  {
    id: 'exposure',
    title: texts.exposure.view,
    icon: IconDoor,
    key: '0',
    component: ExposureView,
    hasOwnDetails: true,
    prepare: prepareExposure,
  },
];
