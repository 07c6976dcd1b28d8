package macroscope.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.config.MachineKind;
import macroscope.input.InputException;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.stepped.Tiling;
import picocli.CommandLine.Option;

/** Options of {@code simulate} that only arrays of units have. */
final class ArrayOptions {

  private static final Pattern SIZES = Pattern.compile("(\\d{1,9})x(\\d{1,9})x(\\d{1,9})");
  private static final String SEARCH = "search";

  @Option(names = "--unit", paramLabel = "U", description = "A unit of the catalogue (see units).")
  private Optional<String> unit = Optional.empty();

  @Option(
      names = "--technology",
      paramLabel = "T",
      defaultValue = "45nm",
      description = "A technology of configs/technologies or a file (default: ${DEFAULT-VALUE}).")
  private String technology = "45nm";

  @Option(
      names = "--data",
      paramLabel = "D",
      description = {
        "Count toggling bits on these operands: random, sorted or zeros (normal numbers, those in",
        "ascending order along K, nothing), or A.npy,B.npy, M x K and N x K. Needs --unit. Without",
        "it energies are those of random codes."
      })
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--dataflow",
      paramLabel = "D",
      description = "What stays in the units: ${COMPLETION-CANDIDATES} (default: the machine's).")
  private Optional<Dataflow> dataflow = Optional.empty();

  @Option(
      names = "--drain",
      paramLabel = "D",
      description = {
        "When output-stationary results leave: OVERLAPPED with the next tile (R + C + K - 2 cycles, as",
        "SCALE-Sim's code) or SEQUENTIAL (2R + C + K - 2, as its paper) (default: the machine's)."
      })
  private Optional<Drain> drain = Optional.empty();

  @Option(
      names = "--tile",
      paramLabel = "RxCxS",
      description = {
        "Largest tile of a machine with memory: rows and columns of the array, and what streams past",
        "them; or 'search' for the one with fewest cycles (default: the whole array, all streams)."
      })
  private Optional<String> tile = Optional.empty();

  @Option(
      names = "--stepped",
      description = {
        "Also step through every cycle with random operands, and compare cycles, causes and results.",
        "Needs a machine with memory."
      })
  private boolean stepped;

  /** Refuses what a machine of another kind does not have. */
  void refuse(MachineKind kind) {
    refuse("--unit", unit.isPresent(), kind);
    refuse("--data", data.isPresent(), kind);
    refuse("--dataflow", dataflow.isPresent(), kind);
    refuse("--drain", drain.isPresent(), kind);
    refuse("--tile", tile.isPresent(), kind);
    refuse("--stepped", stepped, kind);
  }

  private static void refuse(String option, boolean given, MachineKind kind) {
    if (given) {
      throw new InputException(option, "must not be given: the machine is of kind " + kind);
    }
  }

  Optional<String> unit() {
    return unit;
  }

  String technology() {
    return technology;
  }

  Optional<String> data() {
    if (data.isPresent() && unit.isEmpty()) {
      throw new InputException("--data", "needs --unit");
    }
    return data;
  }

  Optional<Dataflow> dataflow() {
    return dataflow;
  }

  Optional<Drain> drain() {
    return drain;
  }

  boolean stepped() {
    return stepped;
  }

  /** Whether a tile was asked for. */
  boolean tiled() {
    return tile.isPresent();
  }

  /** Whether the fastest tile is to be found. */
  boolean searched() {
    return tile.filter(SEARCH::equals).isPresent();
  }

  /** The tile that was given; empty if none was or it is searched. */
  Optional<Tiling> tiling() {
    return tile.filter(text -> !text.equals(SEARCH)).map(ArrayOptions::parsed);
  }

  private static Tiling parsed(String text) {
    Matcher matcher = SIZES.matcher(text);
    if (!matcher.matches()) {
      throw new InputException(
          "--tile", "must be three whole numbers RxCxS or " + SEARCH + ": " + text);
    }
    try {
      return new Tiling(
          Integer.parseInt(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3)));
    } catch (IllegalArgumentException e) {
      throw new InputException("--tile", String.valueOf(e.getMessage()), e);
    }
  }
}
