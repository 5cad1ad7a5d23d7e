/** What the benchmarks use of the engine, built into one file as the programs are. */
export { newStatistics } from '../../src/engine/api/session-statistics';
export { Capture } from '../../src/engine/capture';
export { protocolNames } from '../../src/engine/decode/protocol-names';
export { RowDissector } from '../../src/engine/details/row-dissector';
export { RULES } from '../../src/engine/detectors/rules';
export { Engine } from '../../src/engine/engine';
export { filterFields } from '../../src/engine/filter/all-fields';
export { compileFilter } from '../../src/engine/filter/display-filter';
export { FilterScan } from '../../src/engine/filter/scan';
export { RecordedCapture } from '../../src/engine/history/recorded-capture';
export { openLocalCapture } from '../../src/engine/sources/live/local/local-capture';
export { openCaptureFile, openCaptureStream } from '../../src/engine/sources/open';
export { openStore } from '../../src/engine/store/open-store';
export { DEFAULT_DETECTION } from '../../src/shared/model/detection-settings';
export { RpcClient } from '../../src/shared/rpc/client';
export { memoryPair } from '../../src/shared/rpc/memory-pair';
