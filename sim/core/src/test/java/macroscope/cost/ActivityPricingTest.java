package macroscope.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import macroscope.hardware.Activity;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;
import macroscope.hardware.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivityPricingTest {

  private static final CostModel MODEL = new CostModel(Technologies.complete());
  private static final Activity RANDOM = new Activity(1, 1, 1, 1);

  private static CostReport pass(Role role, Component component) {
    return MODEL.energyPerPass(
        new Inventory(List.of(new Inventory.Line(role, "part", component, 1, 1))));
  }

  @Test
  void randomCodesCostWhatIsPublished() {
    CostReport pass = pass(Role.MULTIPLIER, new Component.Multiplier(8, 8));
    assertThat(ActivityPricing.onData(pass, RANDOM).total()).isEqualTo(pass.total());
  }

  @ParameterizedTest
  @CsvSource({"MULTIPLIER, 0.5", "ALIGNER_AND_TREE, 0.25", "ACCUMULATOR, 0.125", "CONTROL, 1"})
  void aPartIsChargedTheTogglesOfItsInputs(Role role, double share) {
    CostReport pass = pass(role, new Component.Adder(8));
    Activity relative = new Activity(0.5, 2, 0.25, 0.125);
    assertThat(ActivityPricing.onData(pass, relative).total()).isEqualTo(8 * share);
  }

  @Test
  void aShifterReadsProductsBeforeTheyAreAligned() {
    CostReport pass = pass(Role.ALIGNER_AND_TREE, new Component.Shifter(8, 7));
    Activity relative = new Activity(0, 0.5, 0, 0);
    assertThat(ActivityPricing.onData(pass, relative).total()).isEqualTo(pass.total() / 2);
  }

  @Test
  void aFlipFlopThatHoldsStillCostsItsClock() {
    CostReport pass = pass(Role.STORAGE, new Component.Register(100));
    assertThat(ActivityPricing.onData(pass, new Activity(0, 0, 0, 0)).total())
        .isCloseTo(66.5, within(1e-9));
  }

  @Test
  void areasDoNotDependOnData() {
    CostReport area =
        MODEL.area(
            new Inventory(
                List.of(
                    new Inventory.Line(Role.STORAGE, "part", new Component.Register(1), 1, 1))));
    assertThatThrownBy(() -> ActivityPricing.onData(area, RANDOM))
        .hasMessage("quantity must be energy: AREA");
  }
}
