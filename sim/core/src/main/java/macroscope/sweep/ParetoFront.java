package macroscope.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The items that no other item beats: none is at least as good in every criterion and better in one.
 *
 * <p>Items with equal values in every criterion do not beat each other: all of them belong to the
 * front, as one {@link Member} that names them all.
 *
 * @param members sorted by the first criterion, best first; ties cannot occur there with two criteria
 * @param <T> what competes
 */
public record ParetoFront<T>(List<Member<T>> members) {

  /**
   * One quantity to compare by.
   *
   * @param value of an item; never NaN
   */
  public record Criterion<T>(Direction direction, ToDoubleFunction<T> value) {
    double canonical(T item) {
      double v = value.applyAsDouble(item);
      if (Double.isNaN(v)) {
        throw new IllegalArgumentException("a criterion must not be NaN: " + item);
      }
      // Adding zero makes -0 equal to 0, which Double.compare would tell apart.
      return direction.canonical(v) + 0.0;
    }
  }

  /** Items of the front that are equal in every criterion, in the order given; at least one. */
  public record Member<T>(List<T> items) {
    public Member {
      items = List.copyOf(items);
    }

    /** The first of the equal items. */
    public T first() {
      return items.get(0);
    }
  }

  private record Candidate<T>(List<T> items, double[] values) {
    boolean beats(Candidate<T> other) {
      boolean better = false;
      for (int i = 0; i < values.length; i++) {
        if (values[i] > other.values[i]) {
          return false;
        }
        better |= values[i] < other.values[i];
      }
      return better;
    }

    boolean equals(double[] otherValues) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] != otherValues[i]) {
          return false;
        }
      }
      return true;
    }
  }

  public ParetoFront {
    members = List.copyOf(members);
  }

  /** The front of {@code items}; quadratic in their number. */
  public static <T> ParetoFront<T> of(List<T> items, List<Criterion<T>> criteria) {
    if (criteria.isEmpty()) {
      throw new IllegalArgumentException("criteria must number at least 1: 0");
    }
    List<Candidate<T>> candidates = candidates(items, criteria);
    List<Member<T>> members =
        candidates.stream()
            .filter(one -> candidates.stream().noneMatch(other -> other.beats(one)))
            .sorted(Comparator.comparingDouble(one -> one.values()[0]))
            .map(one -> new Member<>(one.items()))
            .toList();
    return new ParetoFront<>(members);
  }

  /** Items with equal values joined, in the order of the first of each. */
  private static <T> List<Candidate<T>> candidates(List<T> items, List<Criterion<T>> criteria) {
    List<Candidate<T>> candidates = new ArrayList<>();
    for (T item : items) {
      double[] values = criteria.stream().mapToDouble(c -> c.canonical(item)).toArray();
      candidates.stream()
          .filter(candidate -> candidate.equals(values))
          .findFirst()
          .orElseGet(
              () -> {
                Candidate<T> added = new Candidate<>(new ArrayList<>(), values);
                candidates.add(added);
                return added;
              })
          .items()
          .add(item);
    }
    return candidates;
  }

  /** Whether {@code item} is on the front. */
  public boolean contains(T item) {
    return members.stream().anyMatch(member -> member.items().contains(item));
  }
}
