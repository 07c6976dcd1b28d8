package macroscope.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.machine.gpu.EnergyPrices;
import macroscope.machine.gpu.FittedConstants;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuMemory;
import macroscope.machine.gpu.Interconnect;
import macroscope.machine.gpu.KernelGaps;
import macroscope.machine.gpu.KernelLibrary;
import macroscope.machine.gpu.KernelTile;
import macroscope.machine.gpu.OperandType;
import macroscope.machine.gpu.VectorLanes;

/**
 * A graphics processor as its YAML file has it. Every number names a source.
 *
 * @param kind {@code gpu}
 * @param name must be the name of the file
 * @param description what it is
 * @param sources keys and citations
 * @param multiprocessors how many
 * @param clockMegahertz the clock that the rates are meant at
 * @param macsPerCycle rates of the matrix units of one multiprocessor
 * @param vector its other units
 * @param memory its memories
 * @param kernels its kernel library
 * @param fitted constants that are fitted on measured times
 * @param interconnect links to other processors of a node
 * @param kernelGaps between kernels of a stream and of a graph
 * @param energy prices of work
 * @param energyMissing why there are none
 * @param packedWeightBits bits of the widest weights that matrix units multiply as they are
 * @param place where the file's top is
 */
public record GpuFile(
    MachineKind kind,
    String name,
    String description,
    Map<String, String> sources,
    Sourced multiprocessors,
    Sourced clockMegahertz,
    Map<String, Sourced> macsPerCycle,
    VectorPart vector,
    MemoryPart memory,
    KernelPart kernels,
    FittedPart fitted,
    GapPart kernelGaps,
    Optional<InterconnectPart> interconnect,
    Optional<EnergyPart> energy,
    Optional<String> energyMissing,
    Optional<Sourced> packedWeightBits,
    Place place) {

  private static final double KILOBYTE = 1024;
  private static final double MEGABYTE = 1024 * 1024;

  /** Binary32 lanes and special functions of one multiprocessor. */
  public record VectorPart(
      Sourced lanes,
      Sourced exponentialsPerCycle,
      Sourced logicPerCycle,
      Sourced halfPerCycle,
      Place place) {

    VectorLanes lanesAndFunctions() {
      return place.checked(
          () ->
              new VectorLanes(
                  lanes.value(),
                  exponentialsPerCycle.value(),
                  logicPerCycle.value(),
                  halfPerCycle.value()));
    }
  }

  /** Memories; capacities in powers of two, bandwidth in 10^9 bytes a second. */
  public record MemoryPart(
      Sourced registers,
      Sourced sharedKilobytes,
      Sourced sharedBytesPerCycle,
      Sourced l2Megabytes,
      Sourced l2BytesPerCycle,
      Sourced l2PortBytesPerCycle,
      Sourced dramGigabytesPerSecond,
      Sourced dramLatencyCycles,
      Sourced dramGigabytes,
      Place place) {

    GpuMemory memory() {
      return place.checked(
          () ->
              new GpuMemory(
                  registers.value(),
                  sharedKilobytes.value() * KILOBYTE,
                  sharedBytesPerCycle.value(),
                  l2Megabytes.value() * MEGABYTE,
                  l2BytesPerCycle.value(),
                  l2PortBytesPerCycle.value(),
                  dramGigabytesPerSecond.value(),
                  dramLatencyCycles.value(),
                  dramGigabytes.value() * 1e9));
    }
  }

  /** Kernels. {@code source} says where the tiles are from. */
  public record KernelPart(
      String source,
      int threadsPerGroup,
      boolean sumsInRegisters,
      boolean epilogueOverlapped,
      int clusterRows,
      int clusterColumns,
      boolean clusterKeepsOneCopy,
      List<TilePart> tiles,
      Place place) {

    KernelLibrary library() {
      return place.checked(
          () ->
              new KernelLibrary(
                  tiles.stream().map(TilePart::tile).toList(),
                  threadsPerGroup,
                  sumsInRegisters,
                  epilogueOverlapped,
                  clusterRows,
                  clusterColumns,
                  clusterKeepsOneCopy));
    }
  }

  /** A tile: M x N x bytes of K, stages, groups of threads along M and N; plain if no kind is said. */
  public record TilePart(
      Optional<KernelTile.Kind> kind,
      int rows,
      int columns,
      int depthBytes,
      int stages,
      int groupRows,
      int groupColumns,
      Place place) {

    KernelTile tile() {
      return place.checked(
          () ->
              new KernelTile(
                  kind.orElse(KernelTile.Kind.PLAIN),
                  rows,
                  columns,
                  depthBytes,
                  stages,
                  groupRows,
                  groupColumns));
    }
  }

  /** What is fitted. */
  public record FittedPart(
      Sourced launchMicroseconds,
      Sourced dramEfficiency,
      Sourced tensorCoreEfficiency,
      Place place) {

    FittedConstants constants() {
      return place.checked(
          () ->
              new FittedConstants(
                  launchMicroseconds.value(),
                  dramEfficiency.value(),
                  tensorCoreEfficiency.value()));
    }
  }

  /** What lies between kernels. */
  public record GapPart(Sourced streamMicroseconds, Sourced graphMicroseconds, Place place) {

    KernelGaps gaps() {
      return place.checked(
          () ->
              new KernelGaps(streamMicroseconds.value() * 1e-6, graphMicroseconds.value() * 1e-6));
    }
  }

  /** Protocols of sums over processors, each with the latency that four of them have. */
  public record InterconnectPart(Map<String, ProtocolPart> protocols, Place place) {

    Interconnect interconnect() {
      return place.checked(
          () -> new Interconnect(protocols.values().stream().map(ProtocolPart::protocol).toList()));
    }
  }

  /** One protocol. */
  public record ProtocolPart(Sourced latencyMicroseconds, Sourced gigabytesPerSecond) {

    Interconnect.Protocol protocol() {
      return new Interconnect.Protocol(latencyMicroseconds.value(), gigabytesPerSecond.value());
    }
  }

  /** Prices: picojoules of an operation or a byte, and what is drawn always. */
  public record EnergyPart(
      Map<String, Sourced> macPicojoules,
      Sourced vectorPicojoules,
      Sourced sharedPicojoulesPerByte,
      Sourced l2PicojoulesPerByte,
      Sourced dramPicojoulesPerByte,
      Sourced constantWatts,
      Sourced boardWatts,
      Place place) {

    EnergyPrices prices() {
      return place.checked(
          () ->
              new EnergyPrices(
                  byType(macPicojoules),
                  vectorPicojoules.value(),
                  sharedPicojoulesPerByte.value(),
                  l2PicojoulesPerByte.value(),
                  dramPicojoulesPerByte.value(),
                  constantWatts.value(),
                  boardWatts.value()));
    }
  }

  /** The file's record, its sources checked. */
  public static GpuFile read(Path file) {
    MachineKind.GPU.require(file);
    GpuFile read = Yaml.read(file, GpuFile.class);
    read.numbers();
    return read;
  }

  /** All its numbers with their sources. */
  public List<MachineNumber> numbers() {
    return MachineNumber.of(this, sources);
  }

  /** The processor that this describes. */
  public Gpu gpu() {
    return place.checked(
        () ->
            new Gpu(
                name,
                multiprocessors.whole(),
                clockMegahertz.value(),
                byType(macsPerCycle),
                vector.lanesAndFunctions(),
                memory.memory(),
                kernels.library(),
                fitted.constants(),
                kernelGaps.gaps(),
                interconnect.map(InterconnectPart::interconnect),
                energy.map(EnergyPart::prices),
                energyMissing,
                packedWeightBits.map(Sourced::value)));
  }

  private static Map<OperandType, Double> byType(Map<String, Sourced> numbers) {
    Map<OperandType, Double> rates = new EnumMap<>(OperandType.class);
    numbers.forEach(
        (type, rate) ->
            rates.put(
                OperandType.find(type)
                    .orElseThrow(() -> rate.place().refuse("is no type of operands: " + type)),
                rate.value()));
    return rates;
  }
}
