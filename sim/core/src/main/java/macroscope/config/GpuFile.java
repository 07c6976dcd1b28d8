package macroscope.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import macroscope.machine.gpu.FittedConstants;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuMemory;
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
    Place place) {

  private static final double KILOBYTE = 1024;
  private static final double MEGABYTE = 1024 * 1024;

  /** Binary32 lanes and special functions of one multiprocessor. */
  public record VectorPart(Sourced lanes, Sourced exponentialsPerCycle, Place place) {

    VectorLanes lanesAndFunctions() {
      return place.checked(() -> new VectorLanes(lanes.value(), exponentialsPerCycle.value()));
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

  /** A tile: M x N x bytes of K, stages, groups of threads along M and N. */
  public record TilePart(
      int rows,
      int columns,
      int depthBytes,
      int stages,
      int groupRows,
      int groupColumns,
      Place place) {

    KernelTile tile() {
      return place.checked(
          () -> new KernelTile(rows, columns, depthBytes, stages, groupRows, groupColumns));
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
                rates(),
                vector.lanesAndFunctions(),
                memory.memory(),
                kernels.library(),
                fitted.constants()));
  }

  private Map<OperandType, Double> rates() {
    Map<OperandType, Double> rates = new EnumMap<>(OperandType.class);
    macsPerCycle.forEach(
        (type, rate) ->
            rates.put(
                OperandType.find(type)
                    .orElseThrow(() -> rate.place().refuse("is no type of operands: " + type)),
                rate.value()));
    return rates;
  }
}
