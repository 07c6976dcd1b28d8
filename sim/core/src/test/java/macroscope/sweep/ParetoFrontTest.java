package macroscope.sweep;

import static macroscope.sweep.Direction.MAXIMISE;
import static macroscope.sweep.Direction.MINIMISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import macroscope.sweep.ParetoFront.Criterion;
import macroscope.sweep.ParetoFront.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoFrontTest {

  private record Item(int id, double cost, double quality) {}

  private static final List<Criterion<Item>> CHEAP_AND_GOOD =
      List.of(new Criterion<>(MINIMISE, Item::cost), new Criterion<>(MAXIMISE, Item::quality));

  private static ParetoFront<Item> front(List<Item> items) {
    return ParetoFront.of(items, CHEAP_AND_GOOD);
  }

  /** Coarse values, so that ties and equal items occur. */
  private static List<Item> items(int seed) {
    Random random = new Random(seed);
    List<Item> items = new ArrayList<>();
    for (int id = 0; id < 60; id++) {
      items.add(new Item(id, random.nextInt(12), random.nextInt(12)));
    }
    return items;
  }

  private static boolean beats(Item a, Item b) {
    return a.cost() <= b.cost()
        && a.quality() >= b.quality()
        && (a.cost() < b.cost() || a.quality() > b.quality());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anItemIsOnTheFrontExactlyIfNoneBeatsIt(int seed) {
    List<Item> items = items(seed);
    List<Item> expected =
        items.stream().filter(a -> items.stream().noneMatch(b -> beats(b, a))).toList();
    assertThat(front(items).members().stream().flatMap(m -> m.items().stream()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void membersGetDearerAndBetter(int seed) {
    List<Member<Item>> members = front(items(seed)).members();
    for (int i = 1; i < members.size(); i++) {
      assertThat(members.get(i).first().cost()).isGreaterThan(members.get(i - 1).first().cost());
      assertThat(members.get(i).first().quality())
          .isGreaterThan(members.get(i - 1).first().quality());
    }
  }

  @Test
  void equalItemsAreOneMemberThatNamesAll() {
    Item one = new Item(1, 2, 3);
    Item same = new Item(2, 2, 3);
    assertThat(front(List.of(one, new Item(3, 4, 1), same)).members())
        .containsExactly(new Member<>(List.of(one, same)));
  }

  @Test
  void anItemAsCheapButWorseIsBeaten() {
    Item good = new Item(1, 2, 3);
    assertThat(front(List.of(new Item(2, 2, 2), good)).members())
        .containsExactly(new Member<>(List.of(good)));
  }

  @Test
  void negativeZeroEqualsZero() {
    assertThat(front(List.of(new Item(1, 0.0, 1), new Item(2, -0.0, 1))).members()).hasSize(1);
  }

  @Test
  void theFrontOfNothingIsEmpty() {
    assertThat(front(List.of()).members()).isEmpty();
  }

  @Test
  void notANumberIsRefused() {
    assertThatThrownBy(() -> front(List.of(new Item(1, Double.NaN, 1))))
        .hasMessageStartingWith("a criterion must not be NaN");
  }
}
