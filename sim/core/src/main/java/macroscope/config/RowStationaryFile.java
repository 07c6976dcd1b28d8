package macroscope.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import macroscope.machine.rowstationary.RowStationaryArray;

/**
 * A row-stationary array as its YAML file has it. Every number names a source.
 *
 * @param kind {@code row_stationary}
 * @param name must be the name of the file
 * @param description what it is
 * @param sources keys and citations
 * @param rows rows of elements
 * @param columns columns of elements
 * @param clockMegahertz clock
 * @param bits of a number
 * @param pads memories of an element
 * @param buffer what images and sums share
 * @param buses numbers a cycle between it and the elements
 * @param place where the file's top is
 */
public record RowStationaryFile(
    MachineKind kind,
    String name,
    String description,
    Map<String, String> sources,
    Sourced rows,
    Sourced columns,
    Sourced clockMegahertz,
    Sourced bits,
    PadPart pads,
    BufferPart buffer,
    BusPart buses,
    Place place) {

  private static final double KILOBYTE = 1024;

  /** Numbers that an element keeps. */
  public record PadPart(Sourced filter, Sourced input, Sourced sums) {}

  /** The buffer of images and sums. */
  public record BufferPart(Sourced kilobytes) {}

  /** Numbers a cycle. */
  public record BusPart(Sourced filter, Sourced input, Sourced sums) {}

  /** The file's record, its sources checked. */
  public static RowStationaryFile read(Path file) {
    MachineKind.ROW_STATIONARY.require(file);
    RowStationaryFile read = Yaml.read(file, RowStationaryFile.class);
    read.numbers();
    return read;
  }

  /** All its numbers with their sources. */
  public List<MachineNumber> numbers() {
    return MachineNumber.of(this, sources);
  }

  /** The array that this describes. */
  public RowStationaryArray array() {
    return place.checked(
        () ->
            new RowStationaryArray(
                name,
                rows.whole(),
                columns.whole(),
                clockMegahertz.value(),
                bits.whole(),
                new RowStationaryArray.Pads(
                    pads.filter().whole(), pads.input().whole(), pads.sums().whole()),
                buffer.kilobytes().value() * KILOBYTE,
                new RowStationaryArray.Buses(
                    buses.filter().whole(), buses.input().whole(), buses.sums().whole())));
  }
}
