#include "scenarios/report/svg.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/report/markup.hpp"

namespace peerscape::report {

namespace {

/// One decimal is finer than any screen; files stay small and equal on all machines.
std::string number(double value) {
    std::string text = fmt::format("{:.1f}", value);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text == "-0" ? "0" : text;
}

std::string_view nameOf(Svg::Anchor anchor) {
    switch (anchor) {
        case Svg::Anchor::Start:
            return "start";
        case Svg::Anchor::Middle:
            return "middle";
        case Svg::Anchor::End:
            return "end";
    }
    return "start";
}

}  // namespace

void Svg::line(Point from, Point to, std::string_view classes) {
    body_ += fmt::format("<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", classes,
                         number(from.x), number(from.y), number(to.x), number(to.y));
}

void Svg::rect(Point corner, double width, double height, std::string_view classes, double radius) {
    body_ += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", classes,
                         number(corner.x), number(corner.y), number(width), number(height));
    if (radius > 0) body_ += fmt::format(" rx=\"{}\"", number(radius));
    body_ += "/>\n";
}

void Svg::circle(Point centre, double radius, std::string_view classes) {
    body_ += fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n", classes, number(centre.x),
                         number(centre.y), number(radius));
}

void Svg::path(std::string_view data, std::string_view classes) {
    body_ += fmt::format("<path class=\"{}\" d=\"{}\"/>\n", classes, data);
}

void Svg::text(Point at, std::string_view text, std::string_view classes, Anchor anchor) {
    body_ += fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\"", classes, number(at.x), number(at.y));
    if (anchor != Anchor::Start) body_ += fmt::format(" text-anchor=\"{}\"", nameOf(anchor));
    body_ += fmt::format(">{}</text>\n", escaped(text));
}

std::string Svg::picture(std::string_view id, std::string_view title, std::string_view description,
                         Point corner, double width, double height) const {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{0}\" role=\"img\" aria-labelledby=\"{0}-title "
        "{0}-desc\" "
        "viewBox=\"{1} {2} {3} {4}\" width=\"{3}\" height=\"{4}\">\n<title id=\"{0}-title\">{5}</title>\n"
        "<desc id=\"{0}-desc\">{6}</desc>\n{7}</svg>\n",
        id, number(corner.x), number(corner.y), number(width), number(height), escaped(title),
        escaped(description), body_);
}

double widthOf(std::string_view text, double fontSize) {
    const auto letters =
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xc0') != '\x80'; });
    constexpr double kLetter = 0.6;
    return static_cast<double>(letters) * fontSize * kLetter;
}

}  // namespace peerscape::report
