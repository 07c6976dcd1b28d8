package macroscope.sweep;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two objectives to trade against each other, among the points that hold some limits.
 *
 * @param quality the vertical axis
 * @param cost the horizontal axis
 * @param models names of the networks to show; empty for all
 * @param technologies names of the technologies to show; empty for all
 * @param limits what points must hold to take part
 */
public record FrontRequest(
    Objective quality,
    Objective cost,
    Set<String> models,
    Set<String> technologies,
    List<Limit> limits) {

  public FrontRequest {
    models = Set.copyOf(models);
    technologies = Set.copyOf(technologies);
    limits = List.copyOf(limits);
  }

  /** The limits, as in {@code kl_bits_to_fp32 at most 0.01}; empty without. */
  public String limitText() {
    return limits.stream().map(Limit::text).collect(Collectors.joining(", "));
  }

  /** Whether points of this network in this technology take part. */
  public boolean covers(DesignPoint point) {
    return (models.isEmpty() || models.contains(point.workload().name()))
        && (technologies.isEmpty() || technologies.contains(point.technology().name()));
  }
}
