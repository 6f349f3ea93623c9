// Every command that a lesson of docs/tutorial quotes is run, and prints what the lesson says.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/docs/lesson.hpp"

namespace peerscape::docs {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = PEERSCAPE_SOURCE_DIR;

/// An empty folder with the program and the labs in it, as a checkout has them; gone after the test.
class Desk {
  public:
    Desk() {
        std::string name = (fs::temp_directory_path() / "peerscape-lesson-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
        fs::create_symlink(PEERSCAPE_PROGRAM, path_ / "peerscape");
        fs::create_directory_symlink(kSource / "scenarios", path_ / "scenarios");
    }
    ~Desk() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::set<std::string> lessons() {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(kSource / "docs/tutorial")) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".md") && name != "README.md") names.insert(name);
    }
    return names;
}

Lesson lessonNamed(const std::string& name) {
    std::ifstream file(kSource / "docs/tutorial" / name);
    std::ostringstream text;
    text << file.rdbuf();
    return readLesson(name, text.str());
}

class Tutorial : public testing::TestWithParam<std::string> {};

TEST_P(Tutorial, SaysWhatTheProgramSays) {
    const Lesson lesson = lessonNamed(GetParam());
    EXPECT_GE(lesson.sessions.size(), 1U) << "a lesson shows something";
    const Desk desk;
    for (const std::string& found : follow(lesson, desk.path()))
        ADD_FAILURE() << "docs/tutorial/" << found;
}

INSTANTIATE_TEST_SUITE_P(Lessons, Tutorial, testing::ValuesIn(lessons()), [](const auto& about) {
    std::string name;
    for (const char c : about.param.substr(0, about.param.size() - 3))
        name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return name;
});

TEST(TutorialPage, ListsTheTenLessonsInTheirOrder) {
    std::ifstream file(kSource / "docs/tutorial/README.md");
    std::vector<std::string> listed;
    for (std::string line; std::getline(file, line);) {
        const std::size_t open = line.find("](");
        const std::size_t close = line.find(".md)");
        if (line.starts_with("| ") && open != std::string::npos && close != std::string::npos)
            listed.push_back(line.substr(open + 2, close + 3 - open - 2));
    }
    EXPECT_THAT(listed, testing::ElementsAreArray(lessons()));
    EXPECT_EQ(listed.size(), 10U);
}

}  // namespace
}  // namespace peerscape::docs
