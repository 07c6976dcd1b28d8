package macroscope.cost;

import java.util.Locale;

/** A technology was asked for what it has no price of. Never answered with zero or a default. */
public final class MissingPriceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String technology;
  private final String part;
  private final Quantity quantity;

  /**
   * @param technology name of the technology
   * @param part kind of component, or sram, dram
   * @param quantity what was asked for
   */
  public MissingPriceException(String technology, String part, Quantity quantity) {
    super(
        "technology "
            + technology
            + " has no price for the "
            + quantity.name().toLowerCase(Locale.ROOT)
            + " of "
            + part);
    this.technology = technology;
    this.part = part;
    this.quantity = quantity;
  }

  public String technology() {
    return technology;
  }

  public String part() {
    return part;
  }

  public Quantity quantity() {
    return quantity;
  }
}
