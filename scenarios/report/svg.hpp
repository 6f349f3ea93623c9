#pragma once

#include <string>
#include <string_view>

#include "scenarios/report/layout.hpp"

namespace peerscape::report {

/// Pieces of SVG, one after the other.
class Svg {
  public:
    enum class Anchor { Start, Middle, End };

    /// `classes` name rules of the page's style sheet.
    void line(Point from, Point to, std::string_view classes);
    void rect(Point corner, double width, double height, std::string_view classes, double radius = 0);
    void circle(Point centre, double radius, std::string_view classes);
    void path(std::string_view data, std::string_view classes);
    void text(Point at, std::string_view text, std::string_view classes, Anchor anchor = Anchor::Start);
    void raw(std::string_view markup) { body_ += markup; }
    const std::string& body() const { return body_; }

    /// The whole picture. Readers of the page who do not see it get the title and the description.
    std::string picture(std::string_view id, std::string_view title, std::string_view description,
                        Point corner, double width, double height) const;

  private:
    std::string body_;
};

/// About how wide a text is, in the fonts of the page.
double widthOf(std::string_view text, double fontSize);

}  // namespace peerscape::report
