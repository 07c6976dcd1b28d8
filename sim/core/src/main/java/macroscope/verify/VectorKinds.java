package macroscope.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import macroscope.cost.TechnologyNode;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.input.InputException;

/** The catalogue of kinds of vector files. */
final class VectorKinds {

  private VectorKinds() {}

  /**
   * Every kind; no header matches two of them.
   *
   * @param technologies those that predict synthesis results, by name
   * @param machines those that predict times
   * @param networks folder of networks and data; beside the file if empty
   */
  static List<VectorKind> all(
      Map<String, TechnologyNode> technologies, TimedMachines machines, Optional<Path> networks) {
    List<VectorKind> kinds = new ArrayList<>(untimed(technologies));
    kinds.add(new OracleKind(networks));
    kinds.addAll(times(machines));
    return List.copyOf(kinds);
  }

  /** The kinds that hold measured times. */
  static List<TimesKind<?>> times(TimedMachines machines) {
    return List.of(
        new TimesKind<>(new GemmTimes(machines.gpus())),
        new TimesKind<>(KernelTimes.measured(machines.cores())),
        new TimesKind<>(KernelTimes.published(machines.cores())));
  }

  private static List<VectorKind> untimed(Map<String, TechnologyNode> technologies) {
    Function<String, Optional<NumberFormat>> formats = VectorKinds::format;
    return List.of(
        new DotKind(),
        new DecodeKind(formats),
        new EncodeKind(formats),
        new StochasticEncodeKind(formats),
        new PlainEncodeKind(formats),
        new CodebookKind(formats),
        new MxKind(),
        new Nvfp4Kind(),
        new TwoLevelBlockKind(),
        new TmacKind(),
        new BitnetKind(),
        new SynthesisKind(technologies),
        SystolicKind.exactCycles(),
        SystolicKind.measuredCycles());
  }

  /** A format by its canonical name; one with parameters out of range is as unknown as any other. */
  private static Optional<NumberFormat> format(String name) {
    try {
      return Formats.find(name);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The kind of a file by its header. */
  static VectorKind of(VectorFile file, List<VectorKind> kinds) {
    return kinds.stream()
        .filter(kind -> kind.columns().match(file.header()))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    file.name() + ", line 1",
                    "must be the header of a known kind of vectors "
                        + names(kinds)
                        + ": "
                        + VectorRow.shown(String.join(",", file.header()))));
  }

  private static List<String> names(List<VectorKind> kinds) {
    return kinds.stream().map(VectorKind::name).distinct().toList();
  }
}
