// Distances on the Earth.
#include "scenarios/import/drawing.hpp"

#include <gtest/gtest.h>

namespace peerscape {
namespace {

constexpr double kDegree = 6'371'000 * 3.14159265358979 / 180;

TEST(GreatCircle, IsADegreePerDegreeAlongMeridianAndEquator) {
    EXPECT_NEAR(greatCircle({10, 20}, {11, 20}), kDegree, 1);
    EXPECT_NEAR(greatCircle({0, 179.5}, {0, -179.5}), kDegree, 1);
    EXPECT_NEAR(greatCircle({60, 0}, {60, 1}), kDegree / 2, 5);
}

TEST(GreatCircle, IsNothingToTheSamePlaceAndHalfRoundTheEarthAtMost) {
    EXPECT_EQ(greatCircle({47.37, 8.54}, {47.37, 8.54}), 0);
    EXPECT_NEAR(greatCircle({0, 0}, {0, 180}), 180 * kDegree, 1);
    EXPECT_NEAR(greatCircle({90, 0}, {-90, 77}), 180 * kDegree, 1);
}

TEST(GreatCircle, LondonIs344KilometresFromParis) {
    EXPECT_NEAR(greatCircle({51.5074, -0.1278}, {48.8566, 2.3522}), 343'500, 1'000);
}

}  // namespace
}  // namespace peerscape
