// The story of the four buildings, against the window it tells about: its pictures are there, and what it
// says to click can be clicked, in both languages.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <QMenuBar>
#include <QRegularExpression>

#include "gui/translations/language.hpp"
#include "tests/gui/app/window_fixture.hpp"
#include "tests/gui/translations/window_texts.hpp"

namespace peerscape::gui {
namespace {

namespace fs = std::filesystem;

const fs::path kDocs = fs::path(PEERSCAPE_SOURCE_DIR) / "docs";

struct Edition {
    const char* language;
    const char* folder;
};
constexpr std::array kEditions{Edition{"en", "buildings"}, Edition{"fr", "fr"}};

QString pageAt(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream whole;
    whole << in.rdbuf();
    return QString::fromStdString(whole.str());
}

/// Blanks that keep words together are blanks, and French apostrophes apostrophes.
QString withPlainBlanks(QString text) {
    return text.replace(QChar(0x00a0), ' ').replace(QChar(0x202f), ' ').replace(QString(u'’'), "'");
}

std::vector<fs::path> pagesOf(const Edition& edition) {
    std::vector<fs::path> pages;
    for (const auto& entry : fs::directory_iterator(kDocs / "tutorial" / edition.folder))
        pages.push_back(entry.path());
    return pages;
}

QStringList found(const QString& text, const char* pattern) {
    QStringList all;
    for (auto match = QRegularExpression(pattern).globalMatch(text); match.hasNext();)
        all << match.next().captured(1);
    return all;
}

/// What a window shows: on its start page, about routers with and without a configuration of their own, about
/// a building, and in its menus.
class Shown {
  public:
    Shown() {
        take();
        for (const char* lab : {"four-buildings-eigrp", "four-buildings-static-failure"}) {
            const fs::path file = kDocs.parent_path() / "scenarios/labs" / lab / "lab.yaml";
            EXPECT_TRUE(window_.openFile(QString::fromStdString(file.string())));
            for (const Selection& selection : {Selection{{"A"}, {}, {}}, Selection{{}, {}, {"building-a"}}}) {
                window_.scene().select(selection);
                window_.session().finish();
                QApplication::sendPostedEvents();
                take();
            }
        }
        for (const QAction* top : window_.menuBar()->actions()) {
            for (const QAction* entry : top->menu()->actions())
                menus_[plain(top->text())].insert(plain(entry->text()));
        }
    }
    ~Shown() { window_.session().finish(); }

    bool has(const QString& words) const { return contains(texts_, words); }
    bool hasMenu(const QString& menu, const QString& entry) const {
        const auto there = menus_.find(menu);
        return there != menus_.end() && contains(there->second, entry);
    }
    /// Whether an action of that name has these keys; two may have one name.
    bool hasShortcut(const QString& words, const QKeySequence& keys) const {
        return std::ranges::any_of(actionTable(), [&](const ActionEntry& entry) {
            const QAction* action = window_.action(entry.id);
            return isSaid(plain(action->text()), words) && action->shortcut() == keys;
        });
    }
    bool hasShortcut(const QKeySequence& keys) const {
        return std::ranges::any_of(actionTable(), [&](const ActionEntry& entry) {
            return window_.action(entry.id)->shortcut() == keys;
        });
    }

  private:
    static QString plain(const QString& text) { return withPlainBlanks(QString(text).remove('&')); }
    /// "Next step: start" says "Next step".
    static bool isSaid(const QString& shown, const QString& words) {
        return shown == words || shown.startsWith(words + ":") || shown.startsWith(words + " :");
    }
    static bool contains(const std::set<QString>& texts, const QString& words) {
        return std::ranges::any_of(texts, [&](const QString& shown) { return isSaid(shown, words); });
    }
    void take() {
        for (const QString& text : textsOf(window_))
            texts_.insert(plain(text));
    }

    MainWindow window_;
    std::set<QString> texts_;
    std::map<QString, std::set<QString>> menus_;
};

/// A key as the page writes it, as Qt knows it.
QKeySequence keysOf(QString written) {
    for (const auto& [french, english] : {std::pair("Maj", "Shift"), std::pair("Droite", "Right"),
                                          std::pair("Échap", "Esc"), std::pair("Entrée", "Enter")})
        written.replace(QString::fromUtf8(french), english);
    return QKeySequence(written);
}

TEST(Tutorial, EveryLinkAndPictureIsThere) {
    for (const Edition& edition : kEditions) {
        std::set<fs::path> used;
        for (const fs::path& page : pagesOf(edition)) {
            for (const QString& target : found(pageAt(page), "\\]\\(([^)#:]+)\\)")) {
                const fs::path there = page.parent_path() / target.toStdString();
                EXPECT_TRUE(fs::exists(there)) << page << " leads to " << target.toStdString();
                used.insert(there.lexically_normal().filename());
            }
        }
        int pictures = 0;
        for (const auto& picture : fs::directory_iterator(kDocs / "pictures/tutorial" / edition.language)) {
            ++pictures;
            EXPECT_TRUE(used.contains(picture.path().filename())) << "nobody shows " << picture.path();
        }
        EXPECT_GE(pictures, 10) << edition.language;
    }
}

TEST(Tutorial, BothEditionsTellTheSameStory) {
    std::array<std::vector<qsizetype>, 2> shape;
    for (std::size_t i = 0; i < kEditions.size(); ++i) {
        for (int chapter = 1; chapter <= 5; ++chapter) {
            for (const fs::path& page : pagesOf(kEditions[i])) {
                if (!page.filename().string().starts_with(std::to_string(chapter) + "-")) continue;
                const QString text = pageAt(page);
                shape[i].push_back(found(text, "\n(## )").size());
                shape[i].push_back(found(text, "(\\]\\([^)]*\\.png\\))").size());
                shape[i].push_back(found(text, "(<kbd>)").size());
                EXPECT_GE(found(text, "(\\.png\\))").size(), 2) << page;
            }
        }
    }
    EXPECT_EQ(shape[0].size(), 15U);
    EXPECT_EQ(shape[0], shape[1]);
}

TEST(Tutorial, WordsInBoldStandOnTheWindow) {
    for (const Edition& edition : kEditions) {
        speak(edition.language);
        const Shown shown;
        int looked = 0;
        for (const fs::path& page : pagesOf(edition)) {
            for (const QString& words : found(withPlainBlanks(pageAt(page)), "\\*\\*([^*]+)\\*\\*")) {
                // "Question." and "Next:" begin a paragraph.
                if (words.endsWith('.') || words.endsWith(':') || words.startsWith("Question")) continue;
                ++looked;
                const QStringList way = words.split(" › ");
                const bool isThere = way.size() == 2 ? shown.hasMenu(way[0], way[1]) : shown.has(words);
                EXPECT_TRUE(isThere) << page.filename() << ": " << words.toStdString();
            }
        }
        EXPECT_GT(looked, 40) << edition.language;
    }
    speak("en");
}

TEST(Tutorial, KeysDoWhatThePagesSay) {
    for (const Edition& edition : kEditions) {
        speak(edition.language);
        const Shown shown;
        for (const fs::path& page : pagesOf(edition)) {
            const QString text = withPlainBlanks(pageAt(page));
            for (const QString& key : found(text, "<kbd>([^<]+)</kbd>")) {
                const QKeySequence keys = keysOf(key);
                const bool isOfTheField = keys == QKeySequence("Esc") || keys == QKeySequence("Enter");
                EXPECT_TRUE(isOfTheField || shown.hasShortcut(keys))
                    << page.filename() << ": " << key.toStdString();
            }
            const QRegularExpression pair(
                "<kbd>([^<]+)</kbd> \\(\\*\\*[^*]+ › ([^*]+)\\*\\*\\)|"
                "\\*\\*(?:[^*]+ › )?([^*]+)\\*\\* \\(<kbd>([^<]+)</kbd>\\)");
            for (auto match = pair.globalMatch(text); match.hasNext();) {
                const auto one = match.next();
                const QString name = one.captured(2) + one.captured(3);
                const QString key = one.captured(1) + one.captured(4);
                EXPECT_TRUE(shown.hasShortcut(name, keysOf(key)))
                    << page.filename() << ": " << name.toStdString() << ", " << key.toStdString();
            }
        }
    }
    speak("en");
}

}  // namespace
}  // namespace peerscape::gui
