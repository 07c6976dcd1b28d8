package macroscope.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import macroscope.accuracy.DataFiles;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Fit;
import macroscope.accuracy.LayerOverrides;
import macroscope.accuracy.Model;
import macroscope.accuracy.NetworkSums;
import macroscope.calibrate.Pipeline;
import macroscope.cost.MissingPriceException;
import macroscope.cost.TechnologyNode;
import macroscope.fpga.FpgaDevice;
import macroscope.input.InputException;
import macroscope.machine.Comparison;
import macroscope.machine.Machine;
import macroscope.search.Search;
import macroscope.search.SearchPlan;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Footprint;
import macroscope.sweep.FrontRequest;
import macroscope.sweep.Limit;
import macroscope.sweep.Objective;
import macroscope.sweep.Objectives;
import macroscope.sweep.SweepPlan;
import macroscope.sweep.Workload;
import macroscope.sweep.Yardstick;
import macroscope.tensor.FormatCatalogue;
import macroscope.tensor.TensorFormat;
import macroscope.unit.UnitSpec;
import macroscope.unit.WeightSums;

/** Writes a sweep file out into points. Whatever cannot run is refused here, before anything runs. */
final class SweepExpansion {

  /** Samples that calibration learns from, the first ones. */
  private static final int CALIBRATION_SAMPLES = 128;

  private final SweepFile file;
  private final FormatCatalogue formats = FormatFile.catalogue();
  private final Map<String, List<WeightSums>> weightSums = new HashMap<>();
  private final Yardstick yardstick;
  private final List<Workload> workloads;
  private final Map<String, Machine> machines;
  private final Map<String, TechnologyNode> technologies;

  SweepExpansion(SweepFile file) {
    this.file = file;
    this.yardstick = yardstick();
    this.machines = each(file.machines(), MachineFile::find);
    this.technologies = each(file.technologies(), TechnologyFile::find);
    this.workloads = List.copyOf(each(file.models(), this::workload).values());
  }

  /** The plan of the file. */
  SweepPlan plan() {
    if (!file.name().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw file.place().refuse("name must be letters, digits, '.', '_' and '-': " + file.name());
    }
    List<FrontRequest> fronts = file.fronts().stream().map(this::front).toList();
    return new SweepPlan(file.name(), file.title(), yardstick, points(fronts), fronts, footprint());
  }

  private Optional<Footprint> footprint() {
    return file.footprint()
        .map(
            block ->
                refusing(
                    block.place(),
                    () -> new Footprint(block.inferences(), block.gridGramsCo2PerKwh())));
  }

  /** The plan with the searches of the file. */
  SearchPlan searchPlan() {
    SweepPlan plan = plan();
    List<Search> searches =
        new SearchExpansion(plan, this::objective).searches(file.search().orElse(List.of()));
    return new SearchPlan(plan, searches);
  }

  private static <T> Map<String, T> each(Axis<String> axis, Function<String, T> make) {
    Map<String, T> made = new LinkedHashMap<>();
    for (Located<String> one : axis.values()) {
      made.put(one.value(), refusing(one.place(), () -> make.apply(one.value())));
    }
    return made;
  }

  private interface Making<T> {
    T make();
  }

  /** A mistake in a file that is named here keeps the place that it has there. */
  private static <T> T refusing(Place place, Making<T> making) {
    try {
      return making.make();
    } catch (IllegalArgumentException | MissingPriceException e) {
      throw place.refuse(e);
    } catch (InputException e) {
      throw new InputException(place.toString(), String.valueOf(e.getMessage()), e);
    }
  }

  private Yardstick yardstick() {
    Optional<FpgaDevice> device =
        file.device()
            .map(name -> refusing(name.place(), () -> DeviceFile.find(name.value()).device()));
    if (file.comparison().isEmpty()) {
      return Yardstick.perUnit(device);
    }
    SweepFile.ComparisonBlock block = file.comparison().get();
    if (block.by() == Comparison.PER_UNIT && block.reference().isPresent()) {
      throw block.reference().get().place().refuse("units compared singly need no reference");
    }
    Optional<UnitSpec> reference =
        block.reference().map(name -> refusing(name.place(), () -> UnitNames.find(name.value())));
    return refusing(block.place(), () -> new Yardstick(block.by(), reference, device));
  }

  private Workload workload(String name) {
    Workload plain = uncalibrated(name);
    return plain.calibratedOn(calibrationData(plain.model(), plain.data()));
  }

  private Workload uncalibrated(String name) {
    Model loaded = Model.load(name);
    Dataset all = data(name, loaded);
    Model model = loaded.judgedBy(all);
    Dataset data =
        samples(name)
            .map(samples -> refusing(samples.place(), () -> all.first(samples.value())))
            .orElse(all);
    Fit.check(model, data);
    boolean attention = file.attention().orElse(false);
    boolean activity = file.activity().orElse(false);
    return file.batch()
        .map(
            batch ->
                refusing(
                    batch.place(), () -> batched(model, data, attention, batch.value(), activity)))
        .orElseGet(() -> new Workload(model, data, attention, 1, activity));
  }

  /** How many samples of a network are run, if not all. */
  private Optional<Located<Integer>> samples(String name) {
    Map<String, Located<Integer>> each = file.samplesOf().orElse(Map.of());
    List<String> models = file.models().values().stream().map(Located::value).toList();
    each.forEach(
        (model, samples) -> {
          if (!models.contains(model)) {
            throw samples
                .place()
                .refuse("must be a model of this sweep" + Names.hint(model, models));
          }
        });
    return Optional.ofNullable(each.get(name)).or(file::samples);
  }

  private static Workload batched(
      Model model, Dataset data, boolean attention, int batch, boolean activity) {
    try {
      return new Workload(model, data, attention, batch, activity);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "a matrix must have fewer than 2^31 elements; too many samples in a batch: " + batch, e);
    }
  }

  private Dataset data(String name, Model model) {
    Optional<Located<String>> given = file.data().map(files -> files.get(name));
    if (given.isPresent()) {
      return DataFiles.read(model, Path.of(given.get().value()));
    }
    try {
      return DataFiles.own(model, false);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("data must name the samples of " + name, e);
    }
  }

  private FrontRequest front(SweepFile.Front front) {
    return new FrontRequest(
        objective(front.quality()),
        objective(front.cost()),
        subset(front.models(), workloads.stream().map(Workload::name).toList()),
        subset(front.technologies(), technologies.keySet()),
        limits(front));
  }

  private List<Limit> limits(SweepFile.Front front) {
    List<Limit> limits = new ArrayList<>();
    front.atMost().ifPresent(bounds -> addLimits(limits, Limit.Side.AT_MOST, bounds));
    front.atLeast().ifPresent(bounds -> addLimits(limits, Limit.Side.AT_LEAST, bounds));
    return limits;
  }

  private void addLimits(List<Limit> limits, Limit.Side side, Map<String, Located<Double>> bounds) {
    bounds.forEach(
        (name, bound) -> {
          Objective objective = objective(new Located<>(name, bound.place()));
          limits.add(refusing(bound.place(), () -> new Limit(objective, side, bound.value())));
        });
  }

  private Objective objective(Located<String> name) {
    if (Objectives.needsDevice(name.value()) && file.device().isEmpty()) {
      throw name.place().refuse("needs a device: " + name.value());
    }
    return Objectives.find(name.value())
        .orElseThrow(
            () -> {
              List<String> known = Objectives.all().stream().map(Objective::name).toList();
              return name.place()
                  .refuse("unknown objective " + name.value() + Names.hint(name.value(), known));
            });
  }

  static Set<String> subset(Optional<Axis<String>> axis, Collection<String> known) {
    List<Located<String>> chosen = axis.map(Axis::values).orElse(List.of());
    for (Located<String> one : chosen) {
      if (!known.contains(one.value())) {
        throw one.place()
            .refuse("must be one of this sweep: " + one.value() + Names.hint(one.value(), known));
      }
    }
    return chosen.stream().map(Located::value).collect(Collectors.toSet());
  }

  /** The points by network, technology, machine, then in the order of the blocks. */
  private List<DesignPoint> points(List<FrontRequest> fronts) {
    PointCheck check = new PointCheck(yardstick, fronts);
    List<DesignPoint> points = new ArrayList<>();
    for (Workload workload : workloads) {
      List<Candidate> candidates =
          file.designs().stream()
              .filter(block -> covers(block, workload))
              .flatMap(block -> candidates(block, workload).stream())
              .toList();
      for (TechnologyNode technology : technologies.values()) {
        for (Machine machine : machines.values()) {
          for (Candidate candidate : candidates) {
            DesignPoint point = candidate.point(workload, machine, technology);
            check.accept(point, candidate.place());
            points.add(point);
          }
        }
      }
    }
    return points;
  }

  private boolean covers(SweepFile.Designs block, Workload workload) {
    Set<String> models = subset(block.models(), workloads.stream().map(Workload::name).toList());
    return models.isEmpty() || models.contains(workload.name());
  }

  /** A design without what it runs and where. */
  private record Candidate(
      String block,
      TensorFormat weights,
      TensorFormat activations,
      Pipeline calibration,
      UnitSpec unit,
      LayerOverrides layers,
      Place place) {
    DesignPoint point(Workload workload, Machine machine, TechnologyNode technology) {
      return new DesignPoint(
          block, workload, weights, activations, calibration, unit, layers, machine, technology);
    }
  }

  private List<Candidate> candidates(SweepFile.Designs block, Workload workload) {
    List<Candidate> candidates = new ArrayList<>();
    for (List<TensorFormat> pair : pairs(block)) {
      TensorFormat weights = pair.get(0);
      TensorFormat activations = pair.get(1);
      SumDemand sums = SumDemand.of(workload, () -> weightSums(workload, weights), activations);
      for (UnitAxes axes : block.units()) {
        Place place = axes.place();
        try {
          for (UnitSpec unit : axes.units(weights, activations, sums)) {
            for (Pipeline calibration : calibrations(block, workload)) {
              for (LayerOverrides layers : layers(block, workload)) {
                candidates.add(
                    new Candidate(
                        block.name(), weights, activations, calibration, unit, layers, place));
              }
            }
          }
        } catch (IllegalArgumentException e) {
          throw place.refuse(
              PointCheck.combination(block.name(), weights, activations) + e.getMessage());
        }
      }
    }
    return candidates;
  }

  private static List<LayerOverrides> layers(SweepFile.Designs block, Workload workload) {
    List<LayerOverrides> all = new ArrayList<>();
    for (Located<String> text : block.layers().map(Axis::values).orElse(List.of())) {
      LayerOverrides one = refusing(text.place(), () -> LayerTexts.all(text.value()));
      one.requireMatches(text.place().toString(), workload.model().graph(), workload.attention());
      all.add(one);
    }
    return all.isEmpty() ? List.of(LayerOverrides.NONE) : all;
  }

  private List<Pipeline> calibrations(SweepFile.Designs block, Workload workload) {
    if (block.calibration().isPresent() && block.calibrations().isPresent()) {
      throw block.place().refuse("either calibration is needed or calibrations");
    }
    List<Located<Pipeline>> all =
        block
            .calibrations()
            .map(Axis::values)
            .or(() -> block.calibration().map(List::of))
            .orElse(List.of(new Located<>(Pipeline.NONE, block.place())));
    for (Located<Pipeline> one : all) {
      if (!one.value().stages().isEmpty() && givenCalibrationData(workload.model()).isEmpty()) {
        throw one.place().refuse("calibration_data must name a file for " + workload.name());
      }
    }
    return all.stream().map(Located::value).toList();
  }

  /** What a network is calibrated on; the data that judge it if nothing else is there. */
  private Dataset calibrationData(Model model, Dataset data) {
    Dataset all = givenCalibrationData(model).orElse(data);
    int most = file.calibrationSamples().map(Located::value).orElse(CALIBRATION_SAMPLES);
    if (most < 2) {
      throw file.calibrationSamples()
          .map(Located::place)
          .orElse(file.place())
          .refuse("must be at least 2: " + most);
    }
    return all.first(Math.min(most, all.size()));
  }

  private Optional<Dataset> givenCalibrationData(Model model) {
    Optional<Located<String>> given = file.calibrationData().map(files -> files.get(model.name()));
    if (given.isPresent()) {
      return Optional.of(DataFiles.read(model, Path.of(given.get().value())));
    }
    try {
      return Optional.of(DataFiles.own(model, true));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a network from a file has none of its own
    }
  }

  private List<WeightSums> weightSums(Workload workload, TensorFormat weights) {
    return weightSums.computeIfAbsent(
        workload.name() + " | " + weights.name(),
        key -> NetworkSums.of(workload.model().graph(), weights));
  }

  private List<List<TensorFormat>> pairs(SweepFile.Designs block) {
    boolean crossed = block.weights().isPresent() && block.activations().isPresent();
    boolean either = block.weights().isPresent() || block.activations().isPresent();
    if (block.pairs().isPresent() == either || either != crossed) {
      throw block.place().refuse("either weights and activations are needed, or pairs");
    }
    List<List<TensorFormat>> pairs = new ArrayList<>();
    if (block.pairs().isPresent()) {
      block
          .pairs()
          .get()
          .forEach(p -> pairs.add(List.of(format(p.weights()), format(p.activations()))));
      return pairs;
    }
    for (Located<String> w : block.weights().get().values()) {
      for (Located<String> a : block.activations().get().values()) {
        pairs.add(List.of(format(w), format(a)));
      }
    }
    return pairs;
  }

  private TensorFormat format(Located<String> scheme) {
    return refusing(scheme.place(), () -> formats.scheme(scheme.value()));
  }
}
