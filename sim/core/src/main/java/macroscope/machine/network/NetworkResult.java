package macroscope.machine.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a network takes on a machine, whatever the network is given as and whatever the machine is.
 *
 * @param run what ran
 * @param seconds from the first operand to the last result
 * @param perSecond tokens or samples a second
 * @param launchSeconds of the host, paid once
 * @param kernels one machine's kernels in order; those of a layer once, with a count
 * @param footprint bytes that one machine keeps
 * @param limits of one machine
 * @param energy of all machines; empty if something has no price
 * @param notes what is not in these figures, and what they mean, a sentence each
 */
public record NetworkResult(
    Run run,
    double seconds,
    double perSecond,
    double launchSeconds,
    List<TimedKernel> kernels,
    Footprint footprint,
    Limits limits,
    Optional<NetworkEnergy> energy,
    List<String> notes) {

  /** Steps of a run: prompts, new tokens, a graph. */
  public enum Phase {
    PREFILL,
    DECODE,
    GRAPH
  }

  /**
   * What ran.
   *
   * @param model name of the network
   * @param machine name of the machine
   * @param machines that share the network
   * @param phase what of it
   * @param batch sequences or samples
   * @param context tokens of a sequence; empty for a graph
   * @param settings what else was asked for, by name in snake case: formats of weights, activations and
   *     cache, kernels; in the order of reports
   */
  public record Run(
      String model,
      String machine,
      int machines,
      Phase phase,
      int batch,
      Optional<Integer> context,
      Map<String, String> settings) {

    public Run {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** All of it but network and machine in a line. */
    public String words() {
      StringBuilder words = new StringBuilder(phase.name().toLowerCase(Locale.ROOT));
      words.append(", batch ").append(batch);
      context.ifPresent(tokens -> words.append(", context ").append(tokens));
      if (machines > 1) {
        words.append(", each of ").append(machines).append(" GPUs");
      }
      settings.forEach(
          (name, value) ->
              words.append(", ").append(name.replace('_', ' ')).append(' ').append(value));
      return words.toString();
    }

    /** Tokens or samples that one run makes or reads. */
    public double items() {
      return phase == Phase.PREFILL ? (double) batch * context.orElseThrow() : batch;
    }

    /** What they are called. */
    public String item() {
      return phase == Phase.GRAPH ? "sample" : "token";
    }
  }

  /**
   * What one machine can do at most.
   *
   * @param macsPerSecond of units that multiply; empty where the model does not say
   * @param bytesPerSecond of external memory; empty where there is no model of it
   * @param bytes of external memory; empty where nobody says
   */
  public record Limits(
      Optional<Double> macsPerSecond, Optional<Double> bytesPerSecond, Optional<Double> bytes) {}

  public NetworkResult {
    kernels = List.copyOf(kernels);
    notes = List.copyOf(notes);
  }

  /** A language model on graphics processors. */
  public static NetworkResult of(NetworkEstimate estimate) {
    Run run =
        new Run(
            estimate.model().name(),
            estimate.gpu().name(),
            estimate.processors(),
            estimate.phase().decode() ? Phase.DECODE : Phase.PREFILL,
            estimate.phase().batch(),
            Optional.of(estimate.phase().context()),
            Map.of());
    Limits limits =
        new Limits(
            Optional.of(estimate.gpu().peakMacsPerSecond(estimate.precision().type())),
            Optional.of(estimate.gpu().memory().dramGigabytesPerSecond() * 1e9),
            Optional.of(estimate.gpu().memory().dramBytes()));
    Priced priced = Priced.of(() -> NetworkEnergy.of(estimate));
    return new NetworkResult(
        run,
        estimate.seconds(),
        estimate.tokensPerSecond(),
        estimate.launchSeconds(),
        estimate.kernels().stream().map(kernel -> TimedKernel.of(kernel, "")).toList(),
        estimate.footprint(),
        limits,
        priced.energy(),
        Stream.of(
                Stream.of(launches(estimate)),
                estimate.model().largerInputs(estimate.phase()).stream(),
                priced.notes().stream())
            .flatMap(notes -> notes)
            .toList());
  }

  /** The same of a run whose settings are said. */
  public NetworkResult with(Map<String, String> settings) {
    Run said =
        new Run(
            run.model(),
            run.machine(),
            run.machines(),
            run.phase(),
            run.batch(),
            run.context(),
            settings);
    return new NetworkResult(
        said, seconds, perSecond, launchSeconds, kernels, footprint, limits, energy, notes);
  }

  private static String launches(NetworkEstimate estimate) {
    return String.format(
        Locale.ROOT,
        "launches: 1, a graph of %d kernels, %.3g us between two",
        estimate.launchedKernels(),
        estimate.gpu().kernelGapSeconds() * 1e6);
  }

  /** Multiply-accumulates of one machine's products. */
  public double macs() {
    return kernels.stream().mapToDouble(k -> (double) k.count() * k.macs()).sum();
  }

  /** Bytes to and from one machine's external memory, as far as it is modelled. */
  public double externalBytes() {
    return kernels.stream().mapToDouble(k -> k.count() * k.externalBytes().orElse(0.0)).sum();
  }

  /** Multiply-accumulates over those that the units could do in that time. */
  public Optional<Double> partOfPeak() {
    return limits.macsPerSecond().map(peak -> macs() / (seconds * peak));
  }

  /** Whether it fits; empty if nobody says how much the machine holds. */
  public Optional<Boolean> fits() {
    return limits.bytes().map(bytes -> footprint.total() <= bytes);
  }

  /** Kernels that are not timed, counted as often as they run. */
  public long untimed() {
    return kernels.stream().filter(k -> k.seconds().isEmpty()).mapToLong(TimedKernel::count).sum();
  }

  /** Seconds by what bounds kernels, the most first. */
  public Map<String, Double> secondsByBound() {
    Map<String, Double> sums = new LinkedHashMap<>();
    if (launchSeconds > 0) {
      sums.put("launch", launchSeconds);
    }
    kernels.stream()
        .filter(k -> k.seconds().isPresent())
        .forEach(k -> sums.merge(k.bound(), k.totalSeconds(), Double::sum));
    Map<String, Double> sorted = new LinkedHashMap<>();
    sums.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return Collections.unmodifiableMap(sorted);
  }

  /** Parts of the time by what bounds kernels, in the same order; layers side by side add up too. */
  public Map<String, Double> partsByBound() {
    Map<String, Double> seconds = secondsByBound();
    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Double> parts = new LinkedHashMap<>();
    seconds.forEach((bound, time) -> parts.put(bound, time / all));
    return Collections.unmodifiableMap(parts);
  }

  /** What bounds most of the time. */
  public String bound() {
    return secondsByBound().keySet().stream().findFirst().orElse("nothing that is modelled");
  }
}
