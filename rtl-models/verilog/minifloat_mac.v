// Minifloat multiply-accumulate with a fixed-point (Kulisch) accumulator: LENGTH products, an exact
// adder tree, an accumulator that never rounds, and one rounding to the output format on the way out.
// Products are exact (twin of macroscope.unit.KulischUnit) or additions of codes: L-Mul, Mitchell (twin of
// macroscope.unit.MacUnit with a LogarithmicMultiplication and an Accumulation.FixedPoint).
//
// A pass enters each clock cycle: a and b are registered, and the next edge loads the accumulator and
// the rounded result. The pass with first = 1 starts a sum from zero. Ranks of registers behind the
// products, behind the adder tree and in front of the conversion each make the result a cycle later.
module minifloat_mac #(
  parameter A_EXPONENT_BITS = 4,
  parameter A_FRACTION_BITS = 3,
  parameter A_SIGNED        = 1,
  parameter A_ZERO_EXPONENT = 0,
  parameter A_SPECIALS      = 0,
  parameter B_EXPONENT_BITS = 4,
  parameter B_FRACTION_BITS = 3,
  parameter B_SIGNED        = 1,
  parameter B_ZERO_EXPONENT = 0,
  parameter B_SPECIALS      = 0,
  // Whether codes are added in place of significands being multiplied, and what is added to them.
  parameter LOGARITHMIC     = 0,
  parameter OFFSET          = 0,
  parameter LENGTH          = 1,
  parameter PRODUCT_BITS    = 36,
  parameter ACC_BITS        = 47,
  parameter PRODUCT_RANK    = 0,
  parameter TREE_RANK       = 0,
  parameter CONVERSION_RANK = 0,
  // The output format, and the exponent field there of the accumulator's lowest bit.
  parameter C_EXPONENT_BITS = 8,
  parameter C_FRACTION_BITS = 23,
  parameter C_FIELD_BITS    = 10,
  parameter C_LOWEST_FIELD  = 109,
  parameter C_UNDERFLOWS    = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS-1:0] C_LARGEST           = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_POSITIVE_OVERFLOW = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_NEGATIVE_OVERFLOW = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_NAN               = 0
) (
  input                                                         clk,
  input                                                         first,
  input  [LENGTH*(A_SIGNED+A_EXPONENT_BITS+A_FRACTION_BITS)-1:0] a,
  input  [LENGTH*(B_SIGNED+B_EXPONENT_BITS+B_FRACTION_BITS)-1:0] b,
  output     [C_EXPONENT_BITS+C_FRACTION_BITS:0]                result
);
  localparam A_BITS    = A_SIGNED + A_EXPONENT_BITS + A_FRACTION_BITS;
  localparam B_BITS    = B_SIGNED + B_EXPONENT_BITS + B_FRACTION_BITS;
  localparam SIGNED    = (A_SIGNED != 0 || B_SIGNED != 0) ? 1 : 0;
  localparam TERM_BITS = PRODUCT_BITS + SIGNED;

  reg                     first_entered;
  reg [LENGTH*A_BITS-1:0] a_entered;
  reg [LENGTH*B_BITS-1:0] b_entered;
  always @(posedge clk) begin
    first_entered <= first;
    a_entered     <= a;
    b_entered     <= b;
  end

  wire [LENGTH*TERM_BITS-1:0] products;
  wire [LENGTH-1:0] nan, positive_infinity, negative_infinity;
  genvar k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : lane
      if (LOGARITHMIC == 0) begin : exact
        minifloat_product #(
          .A_EXPONENT_BITS(A_EXPONENT_BITS), .A_FRACTION_BITS(A_FRACTION_BITS),
          .A_SIGNED(A_SIGNED), .A_ZERO_EXPONENT(A_ZERO_EXPONENT), .A_SPECIALS(A_SPECIALS),
          .B_EXPONENT_BITS(B_EXPONENT_BITS), .B_FRACTION_BITS(B_FRACTION_BITS),
          .B_SIGNED(B_SIGNED), .B_ZERO_EXPONENT(B_ZERO_EXPONENT), .B_SPECIALS(B_SPECIALS),
          .PRODUCT_BITS(PRODUCT_BITS)
        ) multiply (
          .a(a_entered[k*A_BITS +: A_BITS]),
          .b(b_entered[k*B_BITS +: B_BITS]),
          .product(products[k*TERM_BITS +: TERM_BITS]),
          .nan(nan[k]),
          .positive_infinity(positive_infinity[k]),
          .negative_infinity(negative_infinity[k]));
      end else begin : by_addition
        log_product #(
          .A_EXPONENT_BITS(A_EXPONENT_BITS), .A_FRACTION_BITS(A_FRACTION_BITS),
          .A_SIGNED(A_SIGNED), .A_ZERO_EXPONENT(A_ZERO_EXPONENT), .A_SPECIALS(A_SPECIALS),
          .B_EXPONENT_BITS(B_EXPONENT_BITS), .B_FRACTION_BITS(B_FRACTION_BITS),
          .B_SIGNED(B_SIGNED), .B_ZERO_EXPONENT(B_ZERO_EXPONENT), .B_SPECIALS(B_SPECIALS),
          .OFFSET(OFFSET), .PRODUCT_BITS(PRODUCT_BITS)
        ) multiply (
          .a(a_entered[k*A_BITS +: A_BITS]),
          .b(b_entered[k*B_BITS +: B_BITS]),
          .product(products[k*TERM_BITS +: TERM_BITS]),
          .nan(nan[k]),
          .positive_infinity(positive_infinity[k]),
          .negative_infinity(negative_infinity[k]));
      end
    end
  endgenerate

  wire [LENGTH*TERM_BITS-1:0] terms;
  wire                        starts;
  wire [2:0]                  extremes;
  delay #(.BITS(LENGTH*TERM_BITS), .CYCLES(PRODUCT_RANK)) product_rank (
    .clk(clk), .word(products), .delayed(terms));
  delay #(.BITS(4), .CYCLES(PRODUCT_RANK)) flag_rank (
    .clk(clk), .word({first_entered, |nan, |positive_infinity, |negative_infinity}),
    .delayed({starts, extremes}));

  fixed_point_accumulator #(
    .LENGTH(LENGTH), .TERM_BITS(TERM_BITS), .SIGNED(SIGNED),
    .SPECIALS((A_SPECIALS != 0 || B_SPECIALS != 0) ? 1 : 0), .ACC_BITS(ACC_BITS),
    .TREE_RANK(TREE_RANK), .CONVERSION_RANK(CONVERSION_RANK),
    .C_EXPONENT_BITS(C_EXPONENT_BITS), .C_FRACTION_BITS(C_FRACTION_BITS),
    .C_FIELD_BITS(C_FIELD_BITS), .C_LOWEST_FIELD(C_LOWEST_FIELD), .C_UNDERFLOWS(C_UNDERFLOWS),
    .C_LARGEST(C_LARGEST), .C_POSITIVE_OVERFLOW(C_POSITIVE_OVERFLOW),
    .C_NEGATIVE_OVERFLOW(C_NEGATIVE_OVERFLOW), .C_NAN(C_NAN)
  ) accumulate (
    .clk(clk), .first(starts), .products(terms), .nan(extremes[2]),
    .positive_infinity(extremes[1]), .negative_infinity(extremes[0]), .result(result));
endmodule
