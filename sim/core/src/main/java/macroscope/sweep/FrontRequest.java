package macroscope.sweep;

import java.util.Set;

/**
 * Two objectives to trade against each other.
 *
 * @param quality the vertical axis
 * @param cost the horizontal axis
 * @param models names of the networks to show; empty for all
 * @param technologies names of the technologies to show; empty for all
 */
public record FrontRequest(
    Objective quality, Objective cost, Set<String> models, Set<String> technologies) {

  public FrontRequest {
    models = Set.copyOf(models);
    technologies = Set.copyOf(technologies);
  }

  /** Whether points of this network in this technology take part. */
  public boolean covers(DesignPoint point) {
    return (models.isEmpty() || models.contains(point.workload().name()))
        && (technologies.isEmpty() || technologies.contains(point.technology().name()));
  }
}
