// Weights times the scale that they share, each product rounded to the format of both.
module scale_weights #(
  parameter LENGTH        = 1,
  parameter EXPONENT_BITS = 5,
  parameter FRACTION_BITS = 10,
  parameter ZERO_EXPONENT = 0,
  parameter SPECIALS      = 1,
  parameter LOWEST_FIELD  = -35,
  parameter FIELD_BITS    = 8,
  parameter [EXPONENT_BITS+FRACTION_BITS-1:0] LARGEST  = 0,
  parameter [EXPONENT_BITS+FRACTION_BITS-1:0] OVERFLOW = 0,
  parameter [EXPONENT_BITS+FRACTION_BITS:0]   NAN      = 0
) (
  input  [LENGTH*(EXPONENT_BITS+FRACTION_BITS+1)-1:0] weights,
  input  [EXPONENT_BITS+FRACTION_BITS:0]              scale,
  output [LENGTH*(EXPONENT_BITS+FRACTION_BITS+1)-1:0] scaled
);
  localparam BITS = EXPONENT_BITS + FRACTION_BITS + 1;
  genvar k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : lane
      float_multiplier #(
        .EXPONENT_BITS(EXPONENT_BITS), .FRACTION_BITS(FRACTION_BITS),
        .ZERO_EXPONENT(ZERO_EXPONENT), .SPECIALS(SPECIALS), .LOWEST_FIELD(LOWEST_FIELD),
        .FIELD_BITS(FIELD_BITS), .LARGEST(LARGEST), .OVERFLOW(OVERFLOW), .NAN(NAN)
      ) multiply (
        .x(weights[k*BITS +: BITS]), .y(scale), .product(scaled[k*BITS +: BITS]));
    end
  endgenerate
endmodule
