// Splits a float code into sign, significand and exponent field, un-normalised: a subnormal has no
// hidden bit and the least exponent field, 1. A finite value is
// significand * 2^(field - bias - FRACTION_BITS).
module float_unpack #(
  parameter EXPONENT_BITS = 4,
  parameter FRACTION_BITS = 3,
  parameter SIGNED        = 1,
  // What exponent field 0 means: 0 subnormals, 1 normal numbers, 2 normal numbers but for the zero.
  parameter ZERO_EXPONENT = 0,
  // Codes that are no numbers: 0 none; 1 IEEE 754; 2 all ones NaN; 3 the negative zero NaN;
  // 4 as 3, and all ones infinity; 5 all ones NaN, the code below infinity.
  parameter SPECIALS      = 0
) (
  input  [SIGNED+EXPONENT_BITS+FRACTION_BITS-1:0]        code,
  output                                                 negative,
  output [FRACTION_BITS+(EXPONENT_BITS != 0)-1:0]        significand,
  output [EXPONENT_BITS+(EXPONENT_BITS == 0)-1:0]        field,
  output                                                 zero,
  output                                                 nan,
  output                                                 infinite
);
  localparam MAGNITUDE_BITS = EXPONENT_BITS + FRACTION_BITS;

  wire [MAGNITUDE_BITS-1:0] magnitude = code[MAGNITUDE_BITS-1:0];
  wire empty = ~|magnitude;
  wire full  = &magnitude;

  generate
    if (SIGNED != 0) begin : with_sign
      assign negative = code[MAGNITUDE_BITS];
    end else begin : without_sign
      assign negative = 1'b0;
    end

    assign zero = (ZERO_EXPONENT != 1) & empty;

    if (EXPONENT_BITS == 0) begin : fixed_point
      assign field       = 1'b1;
      assign significand = magnitude;
    end else begin : floating_point
      wire [EXPONENT_BITS-1:0] raw    = magnitude[MAGNITUDE_BITS-1:FRACTION_BITS];
      wire                     least  = ~|raw;
      wire                     hidden = (ZERO_EXPONENT == 0) ? ~least : ~zero;
      assign field = (ZERO_EXPONENT == 0) ? raw | least : raw;
      if (FRACTION_BITS == 0) begin : power_of_two
        assign significand = hidden;
      end else begin : with_fraction
        assign significand = {hidden, magnitude[FRACTION_BITS-1:0]};
      end
    end

    if (SPECIALS == 1) begin : ieee
      wire top = &magnitude[MAGNITUDE_BITS-1:FRACTION_BITS];
      if (FRACTION_BITS == 0) begin : no_payload
        assign nan      = 1'b0;
        assign infinite = top;
      end else begin : payload
        wire some = |magnitude[FRACTION_BITS-1:0];
        assign nan      = top & some;
        assign infinite = top & ~some;
      end
    end else if (SPECIALS == 2) begin : ones
      assign nan      = full;
      assign infinite = 1'b0;
    end else if (SPECIALS == 3) begin : negative_zero
      assign nan      = negative & empty;
      assign infinite = 1'b0;
    end else if (SPECIALS == 4) begin : negative_zero_extended
      assign nan      = negative & empty;
      assign infinite = full;
    end else if (SPECIALS == 5) begin : ones_extended
      assign nan      = full;
      assign infinite = &magnitude[MAGNITUDE_BITS-1:1] & ~magnitude[0];
    end else begin : numbers
      assign nan      = 1'b0;
      assign infinite = 1'b0;
    end
  endgenerate
endmodule
