#pragma once

#include <vector>

#include <QString>
#include <QStringList>

namespace peerscape::gui {

/// A lab that can be chosen, as its file introduces it, in the window's language where a catalogue has it.
struct LabCard {
    QString path;
    QString title;     ///< of the lab; its folder's name where it has none
    QString lead;      ///< the first sentence of what the lab says about itself
    QString ownTitle;  ///< in the language of the lab file
};

/// Labs that belong together.
struct LabTopic {
    QString title;
    std::vector<LabCard> labs;
};

/// The labs that come with the program; empty: none were found.
QString shippedLabs();
/// The exercises that do; empty: none were found.
QString shippedExercises();

/// Reads the beginning of a lab file.
LabCard cardOf(const QString& path);
/// The shipped labs by topic, in the order in which one learns: the four buildings first.
std::vector<LabTopic> shippedTopics();
/// The labs of a folder of exercises, in the order of their names: files, and folders with a lab.yaml.
std::vector<LabCard> exercisesIn(const QString& folder);

/// How many of an exercise's goals were met when it was last looked at; "": never.
QString rememberedGoals(const QString& path);
void rememberGoals(const QString& path, int met, int all);

}  // namespace peerscape::gui
