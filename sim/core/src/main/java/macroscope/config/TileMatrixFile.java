package macroscope.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import macroscope.machine.tile.TileMatrixCore;

/**
 * A core with a matrix unit as its YAML file has it. Every number names a source.
 *
 * @param kind {@code tile_matrix}
 * @param name must be the name of the file
 * @param description what it is
 * @param sources keys and citations
 * @param clockMegahertz clock while the unit works
 * @param tileRows rows of a tile
 * @param tileRowBytes bytes of a row
 * @param depths by element format the numbers along K of a row
 * @param memory caches and bandwidths
 * @param fitted constants that are fitted on measurements
 * @param place where the file's top is
 */
public record TileMatrixFile(
    MachineKind kind,
    String name,
    String description,
    Map<String, String> sources,
    Sourced clockMegahertz,
    Sourced tileRows,
    Sourced tileRowBytes,
    Map<String, Sourced> depths,
    MemoryPart memory,
    FittedPart fitted,
    Place place) {

  private static final double KILOBYTE = 1024;

  /** Caches of the core and what it streams from beyond, in 10^9 bytes a second. */
  public record MemoryPart(
      Sourced l1Kilobytes,
      Sourced l1BytesPerCycle,
      Sourced l2Kilobytes,
      Sourced l2BytesPerCycle,
      Sourced outerGigabytesPerSecond) {}

  /** What is fitted. */
  public record FittedPart(Sourced intervalFactor) {}

  /** The file's record, its sources checked. */
  public static TileMatrixFile read(Path file) {
    MachineKind.TILE_MATRIX.require(file);
    TileMatrixFile read = Yaml.read(file, TileMatrixFile.class);
    read.numbers();
    return read;
  }

  /** All its numbers with their sources. */
  public List<MachineNumber> numbers() {
    return MachineNumber.of(this, sources);
  }

  /** The core that this describes. */
  public TileMatrixCore core() {
    Map<String, Integer> numbers = new HashMap<>();
    depths.forEach((format, depth) -> numbers.put(format, depth.whole()));
    return place.checked(
        () ->
            new TileMatrixCore(
                name,
                clockMegahertz.value(),
                tileRows.whole(),
                tileRowBytes.whole(),
                numbers,
                memory.l1Kilobytes().value() * KILOBYTE,
                memory.l1BytesPerCycle().value(),
                memory.l2BytesPerCycle().value(),
                memory.l2Kilobytes().value() * KILOBYTE,
                memory.outerGigabytesPerSecond().value(),
                fitted.intervalFactor().value()));
  }
}
