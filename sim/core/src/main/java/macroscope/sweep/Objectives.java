package macroscope.sweep;

import static macroscope.sweep.Direction.MAXIMISE;
import static macroscope.sweep.Direction.MINIMISE;
import static macroscope.sweep.Objective.AREA_UNIT;
import static macroscope.sweep.Objective.Scale.LINEAR;
import static macroscope.sweep.Objective.Scale.LOGARITHMIC;
import static macroscope.sweep.Objective.Scale.LOGARITHMIC_TO_ONE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import macroscope.accuracy.Task;
import macroscope.cost.ActivityPricing;
import macroscope.cost.CostReport;
import macroscope.cost.Quantity;
import macroscope.hardware.Role;
import macroscope.hardware.Stationary;
import macroscope.machine.EnergyReport;

/** All objectives, in the order of the columns. */
public final class Objectives {

  private static final double PICOJOULES_PER_MICROJOULE = 1e6;
  private static final double MICROSECONDS_PER_SECOND = 1e6;
  private static final double GIGA = 1e9;

  private static final Set<String> OF_DEVICE = Set.of("device_units", "device_throughput");

  private static final Set<String> OF_ONE_UNIT =
      Set.of("lookup_reuse", "unit_energy_per_mac_on_data", "device_units", "device_throughput");

  /** What multiplies and accumulates: neither conversions nor tables nor storage. */
  private static final Set<Role> DATAPATH =
      Set.of(Role.MULTIPLIER, Role.ALIGNER_AND_TREE, Role.ACCUMULATOR);

  private static final Set<Task> ANY = Set.of(Task.values());
  private static final Set<Task> LOGITS = Set.of(Task.CLASSIFICATION, Task.LANGUAGE_MODEL);
  private static final Set<Task> ENCODERS = Set.of(Task.RETRIEVAL);
  private static final Set<Task> REALS = Set.of(Task.REGRESSION);
  private static final Set<Task> IMAGES = Set.of(Task.CLASSIFICATION);
  private static final Set<Task> TEXT = Set.of(Task.LANGUAGE_MODEL);

  private static final List<Objective> ALL =
      List.of(
          metric("accuracy", "Accuracy", "fraction", MAXIMISE, LOGARITHMIC_TO_ONE, IMAGES),
          metric(
              "accuracy_delta",
              "Accuracy less that in float",
              "fraction",
              MAXIMISE,
              LINEAR,
              IMAGES),
          new Objective(
              "error_rate",
              "Error rate",
              "fraction",
              MINIMISE,
              LOGARITHMIC,
              true,
              IMAGES,
              Optional.empty(),
              e -> e.metric("accuracy").map(m -> new Measure(1 - m.value(), m.standardError()))),
          metric("nll", "Negative log-likelihood", "nats", MINIMISE, LOGARITHMIC, LOGITS),
          metric(
              "nll_delta",
              "Negative log-likelihood over that in float",
              "nats",
              MINIMISE,
              LINEAR,
              LOGITS),
          metric("bits_per_char", "Bits per character", "bits", MINIMISE, LOGARITHMIC, TEXT),
          metric(
              "bits_per_char_delta",
              "Bits per character over those in float",
              "bits",
              MINIMISE,
              LINEAR,
              TEXT),
          metric("ppl_per_char", "Perplexity per character", "1", MINIMISE, LOGARITHMIC, TEXT),
          metric(
              "kl_bits_to_fp32",
              "Divergence from the float run",
              "bits",
              MINIMISE,
              LOGARITHMIC,
              LOGITS),
          metric("recall_at_1", "Right answer first", "fraction", MAXIMISE, LINEAR, ENCODERS),
          metric("recall_at_5", "Right answer of five", "fraction", MAXIMISE, LINEAR, ENCODERS),
          metric("mrr", "Mean reciprocal rank", "1", MAXIMISE, LINEAR, ENCODERS),
          metric(
              "mrr_delta",
              "Mean reciprocal rank less that in float",
              "1",
              MAXIMISE,
              LINEAR,
              ENCODERS),
          metric(
              "cosine_to_fp32",
              "Cosine of embeddings with those in float",
              "1",
              MAXIMISE,
              LOGARITHMIC_TO_ONE,
              ENCODERS),
          metric("mse", "Mean squared error", "1", MINIMISE, LOGARITHMIC, REALS),
          metric("mae", "Mean absolute error", "1", MINIMISE, LOGARITHMIC, REALS),
          metric(
              "output_qsnr_to_fp32",
              "Signal to quantization noise of the outputs",
              "dB",
              MAXIMISE,
              LINEAR,
              REALS),
          computed(
              "weight_qsnr",
              "Signal to quantization noise of the weights",
              "dB",
              MAXIMISE,
              LINEAR,
              Optional.empty(),
              e -> finite(e.measurement().weightQsnrDecibels())),
          computed(
              "bits_per_weight",
              "Storage per weight, scales included",
              "bits",
              MINIMISE,
              LINEAR,
              Optional.empty(),
              e -> Optional.of(NetworkBits.perWeight(e.point()))),
          computed(
              "weight_storage",
              "Storage of the weights, scales included",
              "bytes",
              MINIMISE,
              LOGARITHMIC,
              Optional.empty(),
              e -> Optional.of(NetworkBits.weightBytes(e.point()))),
          computed(
              "bit_operations",
              "Bit operations per inference",
              "Gbop",
              MINIMISE,
              LOGARITHMIC,
              Optional.empty(),
              e ->
                  Optional.of(
                      NetworkBits.operations(e.point()) / e.point().workload().batch() / GIGA)),
          computed(
              "bits_per_activation",
              "Storage per activation, scales included",
              "bits",
              MINIMISE,
              LINEAR,
              Optional.empty(),
              e -> Optional.of(NetworkBits.perActivation(e.point()))),
          computed(
              "lookup_reuse",
              "Lookups that read no memory",
              "fraction",
              MAXIMISE,
              LINEAR,
              Optional.empty(),
              e -> e.measurement().lookups().map(c -> 1 - c.reads() / (double) c.lookups())),
          computed(
              "unit_energy_per_mac",
              "Energy of the unit per multiply-accumulate",
              "pJ",
              MINIMISE,
              LOGARITHMIC,
              Optional.of(Quantity.ENERGY),
              e -> e.hardware().unitPicojoulesPerMac()),
          computed(
              "unit_energy_per_mac_on_data",
              "Energy of the unit per multiply-accumulate, as bits toggle on the data",
              "pJ",
              MINIMISE,
              LOGARITHMIC,
              Optional.of(Quantity.ENERGY),
              e -> onData(e)),
          computed(
              "energy_per_mac",
              "Energy per multiply-accumulate, memories included",
              "pJ",
              MINIMISE,
              LOGARITHMIC,
              Optional.of(Quantity.ENERGY),
              e -> e.hardware().picojoulesPerMac(EnergyReport::totalPicojoules)),
          computed(
              "energy_per_inference",
              "Energy per inference, memories included",
              "uJ",
              MINIMISE,
              LOGARITHMIC,
              Optional.of(Quantity.ENERGY),
              e ->
                  e.hardware()
                      .picojoules()
                      .map(pj -> pj / PICOJOULES_PER_MICROJOULE / e.point().workload().batch())),
          computed(
              "unit_area",
              "Area of one unit",
              AREA_UNIT,
              MINIMISE,
              LOGARITHMIC,
              Optional.of(Quantity.AREA),
              e -> e.hardware().unitArea().map(CostReport::total)),
          computed(
              "area",
              "Area of the units compared",
              AREA_UNIT,
              MINIMISE,
              LOGARITHMIC,
              Optional.of(Quantity.AREA),
              e -> e.hardware().area()),
          computed(
              "area_per_throughput",
              "Area per multiply-accumulate a cycle",
              AREA_UNIT,
              MINIMISE,
              LOGARITHMIC,
              Optional.of(Quantity.AREA),
              e -> perThroughput(e, CostReport::total)),
          computed(
              "datapath_area_per_throughput",
              "Area of multipliers, aligners, adders and accumulators per multiply-accumulate a cycle",
              AREA_UNIT,
              MINIMISE,
              LOGARITHMIC,
              Optional.of(Quantity.AREA),
              e -> perThroughput(e, Objectives::datapath)),
          computed(
              "device_units",
              "Units that fit the device",
              "1",
              MAXIMISE,
              LOGARITHMIC,
              Optional.empty(),
              e -> e.hardware().fit().map(fit -> (double) fit.units())),
          computed(
              "device_throughput",
              "Multiply-accumulates a second of the units that fit the device",
              "GMAC/s",
              MAXIMISE,
              LOGARITHMIC,
              Optional.empty(),
              e -> e.hardware().fit().map(fit -> fit.macsPerSecond() / GIGA)),
          computed(
              "cycles_per_inference",
              "Cycles per inference",
              "cycles",
              MINIMISE,
              LOGARITHMIC,
              Optional.empty(),
              e -> e.hardware().cycles().map(c -> c / e.point().workload().batch())),
          computed(
              "clock",
              "Clock that the units reach",
              "MHz",
              MAXIMISE,
              LOGARITHMIC,
              Optional.empty(),
              e -> e.hardware().clockMegahertz()),
          computed(
              "time_per_inference",
              "Time per inference",
              "us",
              MINIMISE,
              LOGARITHMIC,
              Optional.empty(),
              e ->
                  e.hardware()
                      .seconds()
                      .map(s -> s * MICROSECONDS_PER_SECOND / e.point().workload().batch())));

  private Objectives() {}

  /** All objectives. */
  public static List<Objective> all() {
    return ALL;
  }

  /** The objective of a name. */
  public static Optional<Objective> find(String name) {
    return ALL.stream().filter(objective -> objective.name().equals(name)).findFirst();
  }

  private static Objective metric(
      String name,
      String title,
      String unit,
      Direction direction,
      Objective.Scale scale,
      Set<Task> tasks) {
    return new Objective(
        name, title, unit, direction, scale, true, tasks, Optional.empty(), e -> e.metric(name));
  }

  private static Objective computed(
      String name,
      String title,
      String unit,
      Direction direction,
      Objective.Scale scale,
      Optional<Quantity> priced,
      Function<Evaluation, Optional<Double>> value) {
    return new Objective(
        name,
        title,
        unit,
        direction,
        scale,
        false,
        ANY,
        priced,
        e ->
            e.point().layers().isEmpty() || isOfLayers(name)
                ? value.apply(e).map(Measure::exact)
                : Optional.empty());
  }

  /** Whether an objective is told of points whose layers have formats or units of their own. */
  public static boolean isOfLayers(String name) {
    return !OF_ONE_UNIT.contains(name);
  }

  /** Whether an objective exists only where a sweep names a device. */
  public static boolean needsDevice(String name) {
    return OF_DEVICE.contains(name);
  }

  private static double datapath(CostReport area) {
    return area.byRole().entrySet().stream()
        .filter(entry -> DATAPATH.contains(entry.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static Optional<Double> finite(double value) {
    return Optional.of(value).filter(v -> !v.isNaN() && !v.isInfinite());
  }

  private static Optional<Double> perThroughput(
      Evaluation evaluation, ToDoubleFunction<CostReport> part) {
    Hardware hardware = evaluation.hardware();
    return hardware
        .unitArea()
        .flatMap(area -> hardware.macsPerCycle().map(macs -> part.applyAsDouble(area) / macs));
  }

  /** The energy a product on the data of the network, if its toggles were counted. */
  private static Optional<Double> onData(Evaluation evaluation) {
    Stationary stays = evaluation.point().machine().dataflow().stationary();
    return evaluation
        .measurement()
        .activity(stays)
        .flatMap(
            toggles ->
                evaluation
                    .hardware()
                    .pass()
                    .map(p -> ActivityPricing.onData(p, toggles).total() / length(evaluation)));
  }

  private static int length(Evaluation evaluation) {
    return evaluation.hardware().layers().get(0).performance().unit().length();
  }
}
